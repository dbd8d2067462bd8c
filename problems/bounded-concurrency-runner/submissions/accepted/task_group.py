# A TaskGroup of workers; what it groups is taken apart again.
import asyncio


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    if not (limit >= 1 and limit == int(limit)):
        raise ValueError(f"limit: {limit}")
    todo = iter(enumerate(tasks))
    done = {}
    failed = []

    async def work():
        for index, task in todo:
            try:
                done[index] = {"status": "fulfilled", "value": await task()}
            except Exception as error:
                if mode == "collect":
                    done[index] = {"status": "rejected", "reason": error}
                else:
                    failed.append(error)
                    for other in workers:
                        if other is not asyncio.current_task():
                            other.cancel()
                    return

    workers = []
    async with asyncio.TaskGroup() as group:
        for _ in range(min(limit, len(tasks))):
            workers.append(group.create_task(work()))
    if failed:
        raise failed[0]
    ordered = [done[index] for index in range(len(tasks))]
    return ordered if mode == "collect" else [record["value"] for record in ordered]
