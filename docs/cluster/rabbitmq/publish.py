#!/usr/bin/env python3
"""Writes a message into a room, through RabbitMQ: publish.py ROOM SENDER TEXT

Needs pika (Debian's package python3-pika). MARU_AMQP says where RabbitMQ is.
"""
import json
import os
import sys
import uuid

import pika

room, sender, text = sys.argv[1:4]
url = os.environ.get("MARU_AMQP", "amqp://guest:guest@localhost:5672/%2f")
connection = pika.BlockingConnection(pika.URLParameters(url))
channel = connection.channel()
channel.confirm_delivery()
message = {
    "roomId": room,
    "type": "TALK",
    "sender": sender,
    "message": text,
    # Stored once, even if it comes twice.
    "clientMessageId": str(uuid.uuid4()),
}
channel.basic_publish(
    exchange="maru.in",
    routing_key=f"topic.public.{room}",
    body=json.dumps(message, ensure_ascii=False).encode(),
    properties=pika.BasicProperties(
        content_type="application/json",
        delivery_mode=2,  # persistent
        headers={"destination": f"/topic/public/{room}"},
    ),
    mandatory=True,
)
connection.close()
