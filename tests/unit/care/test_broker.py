"""Notices reach every open page; nobody can hold the others up, and nothing is lost in silence."""

import asyncio

from assistant.care.broker import RESYNC, Broker, Notice


async def test_every_subscriber_gets_every_notice_in_order() -> None:
    broker = Broker()
    async with broker.subscribe() as first, broker.subscribe() as second:
        broker.publish("case", "c1")
        broker.publish("message", "m1")
        for queue in (first, second):
            assert [queue.get_nowait(), queue.get_nowait()] == [Notice("case", "c1"), Notice("message", "m1")]


async def test_what_was_published_before_is_not_delivered() -> None:
    broker = Broker()
    broker.publish("case", "c1")
    async with broker.subscribe() as queue:
        assert queue.empty()


async def test_a_slow_subscriber_is_told_to_read_again_and_delays_nobody() -> None:
    broker = Broker(room=3)
    async with broker.subscribe() as slow, broker.subscribe() as quick:
        for number in range(4):
            broker.publish("case", f"c{number}")
            assert quick.get_nowait() == Notice("case", f"c{number}")
        broker.publish("content", "labs/hba1c.yaml")
        assert [slow.get_nowait(), slow.get_nowait()] == [RESYNC, Notice("content", "labs/hba1c.yaml")]
        assert slow.empty()


async def test_a_page_that_goes_away_is_forgotten() -> None:
    broker = Broker()

    async def page() -> None:
        async with broker.subscribe() as queue:
            await queue.get()

    task = asyncio.create_task(page())
    await asyncio.sleep(0)
    assert broker.subscribers == 1
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert broker.subscribers == 0
    broker.publish("case", "c1")
