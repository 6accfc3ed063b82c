"""One frozen settings object, from `ASSISTANT_…` variables and one TOML file (`assistant.toml`)."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

ROOT = Path(__file__).resolve().parent.parent


class Site(BaseModel):
    """What patients are told about this institution. Numbers are shown exactly as written."""

    model_config = ConfigDict(frozen=True)

    name: str = "St Anne’s"
    phone: str = "+1 612 555 0100"
    country: str = "US"
    emergency_number: str = "911"
    crisis_number: str = "988"
    crisis_text: str = "988"
    poison_number: str = "1-800-222-1222"
    timezone: str = "America/Chicago"
    emergency_minutes: int = Field(5, ge=1)
    urgent_minutes: int = Field(60, ge=1)
    routine_minutes: int = Field(24 * 60, ge=1)


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="ASSISTANT_", env_nested_delimiter="__", frozen=True, extra="forbid", toml_file="assistant.toml"
    )

    site: Site = Site()
    data_dir: Path = ROOT / "var"
    content_dir: Path = ROOT / "content"
    rails_dir: Path = ROOT / "rails"
    locales_dir: Path = ROOT / "locales"
    demo_dir: Path = ROOT / "content" / "demo"
    demo: bool = True
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    origins: tuple[str, ...] = ()
    secure_cookies: bool = False
    secret_key: SecretStr | None = None
    session_hours: int = Field(8, ge=1, le=24)
    languages: tuple[str, ...] = ("en", "es")
    model: Path | None = None
    n_gpu_layers: int = -1
    n_ctx: int = Field(4096, ge=512)
    model_threads: int = Field(2, ge=1)
    serve_expired_content: bool = False
    message_limit: int = Field(4000, ge=200)

    @property
    def database(self) -> str:
        """SQLAlchemy URL; without a setting an SQLite file in the data folder."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'assistant.sqlite'}"

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        return self.origins or (f"http://{self.host}:{self.port}", f"http://localhost:{self.port}")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)
