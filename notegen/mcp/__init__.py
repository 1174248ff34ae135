"""A garden for agents: a Model Context Protocol server over its search, with the extra `notegen[mcp]`."""

from notegen.mcp.library import Library
from notegen.mcp.server import serve_agents

__all__ = ["Library", "serve_agents"]
