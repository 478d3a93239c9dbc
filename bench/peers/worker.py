"""A process of a peer that answers a line of JSON to each line that it is sent, for the scripts beside this one."""

import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent

# glibc returns freed memory to the system at once and fetches it back page by page; a tuned process keeps it.
KEEP_MEMORY = {
    "MALLOC_TOP_PAD_": str(256 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(2 << 30),
    "MALLOC_MMAP_MAX_": "0",
}


class Worker:
    """`script` of this folder, started as `kind`: "shipped" or "tuned"."""

    def __init__(self, script, kind):
        environment = {**os.environ, **(KEEP_MEMORY if kind == "tuned" else {})}
        self.script = script
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / script), kind],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def ask(self, request):
        print(request, file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.script} ended during {request}.")
        return json.loads(line)

    def seconds(self, request):
        return self.ask(request)["seconds"]

    def close(self):
        self.process.stdin.close()
        self.process.wait()
