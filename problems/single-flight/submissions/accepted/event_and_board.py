# Callers wait for an Event, and then read the outcome from the board beside it.
import asyncio


class SingleFlight:
    """Callers wait for an Event; the outcome is on the board beside it."""

    def __init__(self, load):
        self.load = load
        self.boards = {}

    def size(self):
        return len(self.boards)

    async def get(self, key):
        board = self.boards.get(key) or self._begin(key)
        board["waiting"] += 1
        try:
            await board["over"].wait()
        finally:
            board["waiting"] -= 1
            if not board["waiting"] and not board["over"].is_set():
                self._remove(key, board)
                board["task"].cancel()
        if "error" in board:
            raise board["error"]
        return board["value"]

    def _begin(self, key):
        board = self.boards[key] = {"waiting": 0, "over": asyncio.Event()}
        board["task"] = asyncio.ensure_future(self._run(key, board))
        return board

    def _remove(self, key, board):
        if self.boards.get(key) is board:
            self.boards.pop(key)

    async def _run(self, key, board):
        try:
            board["value"] = await self.load(key)
        except BaseException as error:
            board["error"] = error
        self._remove(key, board)
        board["over"].set()
