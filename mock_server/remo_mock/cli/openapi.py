"""The command `remo-mock openapi`: prints the OpenAPI document; what makes it is imported when the command runs."""

from typing import Any

import click


@click.command("openapi")
@click.option("--http-status", metavar="mirror|200", help="HTTP status of errors (L19).  [default: mirror]")
@click.option(
    "--error-shape", metavar="status|status_code|both", help="Key of the error code (L01).  [default: status]"
)
@click.option("--server", "servers", metavar="URL", multiple=True, help="Base URL; repeatable.  [default: serve's]")
def openapi_command(servers: tuple[str, ...], **options: Any) -> None:
    """Print the vendor's API as an OpenAPI 3.1 document, for the mock that `serve` with these options runs."""
    import orjson

    from remo_mock.addresses import base_url
    from remo_mock.reference.openapi import make_openapi
    from remo_mock.settings import Settings

    settings = Settings.from_environment(**options)
    own = base_url(settings.host, settings.port)
    document = make_openapi(
        settings.contract_dir,
        http_status=settings.http_status,
        error_shape=settings.error_shape,
        servers=[url.rstrip("/") for url in servers] or [own],
    )
    click.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode())
