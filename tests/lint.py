"""`make lint`: every check, each with its own line; all of them run, so that one sees everything at once."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
ROOMS = [
    room for room in ("core", "bot", "programmes", "questionnaires", "actions", "api", "cli") if (ROOT / room).is_dir()
]
PROSE = ["README.md", "ARCHITECTURE.md", "docs", "core", "cli"]
TYPESCRIPT = "typescript@7.0.2"


def checks() -> dict[str, list[str]]:
    """Name -> command."""
    templates = [str(path) for path in (ROOT / "api" / "web").rglob("*.html")]
    found = {
        "style (ruff)": [f"{BIN}/ruff", "check", "."],
        "layout (ruff format)": [f"{BIN}/ruff", "format", "--check", "-q", "."],
        "types (mypy)": [f"{BIN}/mypy", *ROOMS],
        "import walls (import-linter)": [f"{BIN}/lint-imports"],
        "unused dependencies (deptry)": [f"{BIN}/deptry", "."],
        # English prose only: in the rest Dutch words look like slips.
        "spelling (codespell)": [f"{BIN}/codespell", "--toml", "pyproject.toml", *PROSE],
        "evaluation leaks": [sys.executable, "-m", "tests.leaks"],
    }
    if templates:
        found["templates (djlint)"] = [f"{BIN}/djlint", "--lint", "--quiet", *templates]
    if (ROOT / "tsconfig.json").exists():
        found["scripts (tsc --checkJs)"] = [str(typescript()), "-p", "tsconfig.json"]
    return found


def typescript() -> Path:
    """The TypeScript compiler, fetched once; a check, not a build."""
    compiler = ROOT / "node_modules" / ".bin" / "tsc"
    if not compiler.exists():
        npm = shutil.which("npm") or str(BIN / "npm")
        subprocess.run([npm, "install", "--no-save", "--no-package-lock", "--silent", TYPESCRIPT], cwd=ROOT, check=True)
    return compiler


def main() -> int:
    """Run all checks; 0 only if every one is clean."""
    failed = []
    for name, command in checks().items():
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        sys.stdout.write(f"{'✓' if done.returncode == 0 else '✗'} {name}\n")
        if done.returncode != 0:
            failed.append(name)
            sys.stdout.write(done.stdout + done.stderr)
        sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
