/** Brokers that speak JMS between the nodes of a cluster, and between them and applications that are no nodes. */
@NullMarked
package dev.maru.cluster.jms;

import org.jspecify.annotations.NullMarked;
