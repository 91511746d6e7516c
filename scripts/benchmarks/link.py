"""Relays connections to a port of this machine, with 250 ± 50 ms for a round trip. Prints its port."""

import asyncio
import random
import sys


async def relay(reader, writer):
    """Passes on what arrives, each piece 100 to 150 ms later and in order."""
    loop = asyncio.get_running_loop()
    pieces = asyncio.Queue()

    async def send():
        while (piece := await pieces.get()) is not None:
            await asyncio.sleep(max(0, piece[0] - loop.time()))
            writer.write(piece[1])
            await writer.drain()
        writer.close()

    task = asyncio.create_task(send())
    while data := await reader.read(65536):
        pieces.put_nowait((loop.time() + random.uniform(0.1, 0.15), data))
    pieces.put_nowait(None)
    await task


async def accept(reader, writer):
    there = await asyncio.open_connection("127.0.0.1", int(sys.argv[1]))
    await asyncio.gather(relay(reader, there[1]), relay(there[0], writer), return_exceptions=True)


async def main():
    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
