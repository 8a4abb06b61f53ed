/** Nodes that talk through RabbitMQ: parcels by a queue for each node, and exchanges for other applications. */
@NullMarked
package dev.maru.cluster.rabbitmq;

import org.jspecify.annotations.NullMarked;
