"""A server of ssh on this machine that knows one key and runs what it is told, as a person's host does.

python -m tests.support.ssh_server FOLDER SOCKET    with the host's key and the known one in `FOLDER/host` and
                                                   `key.pub`; SOCKET is the number of one that listens, inherited
"""

import asyncio
import socket
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import asyncssh


async def serve(folder: Path, handed: int) -> None:
    """Answer until the process is ended."""
    server = await asyncssh.listen(
        sock=socket.socket(fileno=handed),
        server_host_keys=[str(folder / "host")],
        authorized_client_keys=str(folder / "key.pub"),
        process_factory=run,
        encoding=None,
    )
    await server.wait_closed()


async def run(process: asyncssh.SSHServerProcess[bytes]) -> None:
    """Do in a shell what the other side asks for, and give it the output and the status."""
    asked = await asyncio.create_subprocess_shell(process.command or "", stdin=PIPE, stdout=PIPE, stderr=PIPE)
    await process.redirect(asked.stdin, asked.stdout, asked.stderr)
    process.exit(await asked.wait())


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))
