#!/usr/bin/env python3
"""Prints what is said in all rooms, from RabbitMQ: listen.py [COUNT]

Ends after COUNT messages, or never. Needs pika (Debian's package python3-pika). MARU_AMQP says where RabbitMQ is.
"""
import os
import sys

import pika

count = int(sys.argv[1]) if len(sys.argv) > 1 else None
url = os.environ.get("MARU_AMQP", "amqp://guest:guest@localhost:5672/%2f")
connection = pika.BlockingConnection(pika.URLParameters(url))
channel = connection.channel()
queue = channel.queue_declare("", exclusive=True).method.queue
channel.queue_bind(queue, "maru.out", "topic.public.*")
print("listening", flush=True)
for taken, properties, body in channel.consume(queue):
    print(properties.headers["destination"], body.decode(), flush=True)
    channel.basic_ack(taken.delivery_tag)
    if taken.delivery_tag == count:
        break
connection.close()
