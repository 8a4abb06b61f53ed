"""A Celery worker that runs a task for each message of every room.

Start it with: celery --app rooms worker --loglevel INFO

Needs Celery (Debian's package python3-celery). MARU_AMQP says where RabbitMQ is. The messages wait in the durable queue
celery.rooms while no worker runs; all workers take of it in turn.
"""
import os

from celery import Celery, bootsteps
from kombu import Consumer, Exchange, Queue

app = Celery("rooms", broker=os.environ.get("MARU_AMQP", "amqp://guest:guest@localhost:5672//"))
rooms = Queue("celery.rooms", Exchange("maru.out", type="topic"), routing_key="topic.public.*")


@app.task
def on_message(destination, message):
    print(f"{destination}: {message['sender']} says {message['message']}", flush=True)


class Rooms(bootsteps.ConsumerStep):
    def get_consumers(self, channel):
        return [Consumer(channel, queues=[rooms], callbacks=[self.take], accept=["json"])]

    def take(self, body, message):
        if body.get("type") == "TALK":
            on_message.delay(message.headers["destination"], body)
        message.ack()


app.steps["consumer"].add(Rooms)
