"""Every file of a site from a plain web server, as fast as it can: what it takes to be read by many, and whether anything is missing.

    python -m tests.bench.load [SITE]

nginx serves the folder with the headers that are advised for a host, wrk asks for all its files in turn; SITE is a built one, by default that of
the larger briefing of the tests. Ends with 1 where an answer was an error, with 3 where nginx or wrk is missing.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

MISSING = 3
SECONDS, CONNECTIONS = 10, 50
CONFIG = """\
worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off;
events {{ worker_connections 512; }}
http {{
  access_log off; sendfile on; include /etc/nginx/mime.types;
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3; uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  gzip on; gzip_min_length 512; gzip_types text/css application/javascript application/json text/csv text/calendar application/xml text/plain;
  server {{ listen 127.0.0.1:{port}; root {site}; }}
}}
"""
SCRIPT = """\
local paths, at = {}, 0
for line in io.lines("%s") do paths[#paths + 1] = line end
request = function() at = at %% #paths + 1; return wrk.format("GET", paths[at], {["Accept-Encoding"] = "gzip"}) end
done = function(summary, latency, requests)
  local e = summary.errors
  local failed = e.connect + e.read + e.write + e.status + e.timeout
  local told = "%%d requests of %%d files, %%.0f a second, p50 %%.2f ms, p99 %%.2f ms, %%.1f MB, %%d errors"
  local seconds = summary.duration / 1e6
  print(string.format(told, summary.requests, #paths, summary.requests / seconds, latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.bytes / 1e6, failed))
  if failed > 0 then os.exit(1) end
end
"""


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def load(site: Path) -> int:
    """Serve the folder, ask for all in it, print what came of it; the exit code."""
    missing = [name for name in ("nginx", "wrk") if not shutil.which(name)]
    if missing:
        print(f"not measured: {' and '.join(missing)} missing on this machine; apt-get install nginx-light wrk")
        return MISSING
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    with tempfile.TemporaryDirectory() as made:
        folder, port = Path(made), _free()
        folder.chmod(0o755)
        (folder / "nginx.conf").write_text(CONFIG.format(folder=folder, port=port, site=site.resolve()))
        (folder / "paths").write_text("".join(f"/{quote(path)}\n" for path in paths))
        (folder / "load.lua").write_text(SCRIPT % (folder / "paths"))
        server = subprocess.Popen(
            ["nginx", "-c", folder / "nginx.conf", "-p", folder, "-g", "user root;"], stderr=subprocess.DEVNULL
        )
        try:
            while socket.socket().connect_ex(("127.0.0.1", port)):
                if server.poll() is not None:
                    print(f"nginx ended with {server.returncode}")
                    return 1
                time.sleep(0.05)
            command = [
                "wrk",
                "-t1",
                f"-c{CONNECTIONS}",
                f"-d{SECONDS}s",
                "-s",
                folder / "load.lua",
                f"http://127.0.0.1:{port}/",
            ]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        finally:
            server.terminate()
            server.wait()
    print((done.stdout.strip().splitlines() or [done.stderr])[-1])
    return done.returncode


def main(arguments: list[str]) -> int:
    """The command."""
    if arguments:
        return load(Path(arguments[0]))
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from briefings import larger

    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        (Path(made) / "larger").mkdir()
        return load(larger(Path(made) / "larger"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
