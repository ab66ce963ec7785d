"""Line: the host's end of the frames to one supervisor. Answers find their request by number; a hostile frame ends the line."""

import asyncio
import contextlib
import itertools
import socket
from collections.abc import Callable, Mapping

from arkwright.errors import ToolError
from arkwright.sandbox.frames import HEAD, Frame, Malformed, pack, parse, sizes

Hear = Callable[[Frame], None]


class Line:
    """Requests in flight over one socket."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lost: Callable[[str], None]) -> None:
        self._reader, self._writer, self._lost = reader, writer, lost
        self._numbers = itertools.count(1)
        self.last = 0
        self._waiting: dict[int, tuple[asyncio.Future[Frame], Hear]] = {}
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.broken = ""
        self._task = asyncio.create_task(self._listen())

    @classmethod
    async def open(cls, end: socket.socket, lost: Callable[[str], None]) -> "Line":
        """A line over a connected socket."""
        reader, writer = await asyncio.open_connection(sock=end, limit=1 << 20)
        return cls(reader, writer, lost)

    async def ask(
        self,
        do: str,
        body: bytes = b"",
        *,
        hear: Hear = lambda frame: None,
        head: Mapping[str, object] | None = None,
        **more: object,
    ) -> Frame:
        """Send a request and wait for its end; what comes in between goes to `hear`. Cancelled, the work in the box is killed."""
        if self.broken:
            raise ToolError(f"the box is gone: {self.broken}", code="box_lost", transient=True)
        number = self.last = next(self._numbers)
        end: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._waiting[number] = (end, hear)
        try:
            self._writer.write(pack({"id": number, "do": do, **(head or {}), **more}, body))
            await self._writer.drain()
            return await end
        except ConnectionError as error:
            raise ToolError("the box is gone", code="box_lost", transient=True) from error
        except asyncio.CancelledError:
            self.tell("kill", to=number)
            raise
        finally:
            self._waiting.pop(number, None)

    def tell(self, do: str, body: bytes = b"", **head: object) -> int:
        """Send a request whose end nobody waits for."""
        number = self.last = next(self._numbers)
        with contextlib.suppress(ConnectionError):
            self._writer.write(pack({"id": number, "do": do, **head}, body))
        return number

    @property
    def busy(self) -> bool:
        """Whether something runs in the box."""
        return bool(self._waiting)

    def stop(self) -> None:
        """Kill everything that runs now; the requests end as killed."""
        for number in self._waiting:
            self.tell("kill", to=number)

    async def close(self) -> None:
        """Hang up: the supervisor leaves when it hears nothing more, and the kernel ends its box with it."""
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        self._writer.close()

    async def _listen(self) -> None:
        reason = "it ended"
        try:
            while True:
                head, body = sizes(await self._reader.readexactly(HEAD.size))
                self._deliver(parse(await self._reader.readexactly(head), await self._reader.readexactly(body)))
        except Malformed as error:
            reason = f"it sent {error}"
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._break(reason)

    def _deliver(self, frame: Frame) -> None:
        kind = frame.text("is")
        if frame.id == 0 and kind == "ready":
            if not self.ready.done():
                self.ready.set_result(None)
            return
        waiting = self._waiting.get(frame.id)
        if waiting is None:
            return  # an answer to what was cancelled
        if kind == "end":
            if not waiting[0].done():
                waiting[0].set_result(frame)
        else:
            waiting[1](frame)

    def _break(self, reason: str) -> None:
        self.broken = reason
        self._lost(reason)
        for end, _ in self._waiting.values():
            if not end.done():
                end.set_exception(ToolError(f"the box is gone: {reason}", code="box_lost", transient=True))
        if not self.ready.done():
            self.ready.cancel()
