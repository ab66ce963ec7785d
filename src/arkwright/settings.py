"""Settings: everything a user may configure, from the environment (ARKWRIGHT_*) and defaults, read once by app.py."""

import os
from pathlib import Path

from pydantic import Field, PositiveInt
from pydantic_settings import BaseSettings, SettingsConfigDict


def default_home() -> Path:
    """Where runs, checkpoints, the audit log and the toolbox live: outside every workspace."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "arkwright"


class Settings(BaseSettings):
    """One typed object. Unknown ARKWRIGHT_* variables are ignored; a bad value is an error that names the variable."""

    model_config = SettingsConfigDict(env_prefix="ARKWRIGHT_", frozen=True, extra="ignore")

    home: Path = Field(default_factory=default_home, description="state outside the workspace")
    policy: Path | None = Field(default=None, description="a Cedar or YAML file merged over the default policy")
    parallel: PositiveInt = Field(default=4, description="tasks that may run at the same time")
    memory_bytes: PositiveInt = Field(default=8 << 30, description="memory of all boxes of a run together")
    disk_bytes: PositiveInt = Field(default=4 << 30, description="bytes a run may add to the workspace")
    processes: PositiveInt = Field(default=100, description="processes in a box")
    cpus: PositiveInt = Field(default=4, description="cores a box may use")
