"""Loads onnxruntime with its telemetry turned off.

Since 1.29 its wheels for Linux and macOS keep a number for the machine in the user's cache and send Microsoft events
of each process that loads a model: the path of Python, the machine, digests of the model. An environment variable turns
all of it off, if it is set before the library is loaded: https://github.com/microsoft/onnxruntime/pull/29843. On
Windows, where events go to the system's own tracing, a call does.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime as onnxruntime  # after the variable is set

onnxruntime.disable_telemetry_events()
