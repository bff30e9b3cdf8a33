"""Registers the web app with Airflow, and its entry in the navigation. Nothing else."""

from typing import Any, ClassVar

from airflow.plugins_manager import AirflowPlugin

from silkwire.web.mounted import mounted_app


class SilkwirePlugin(AirflowPlugin):
    """The dashboards, behind Airflow's own login."""

    name = "silkwire"
    fastapi_apps: ClassVar[list[Any]] = [{"app": mounted_app, "url_prefix": "/silkwire", "name": "Silkwire"}]
    external_views: ClassVar[list[Any]] = [
        {
            "name": "Silkwire",
            # Relative, so that they hold below a base path too; the slash keeps the server from redirecting.
            "href": "silkwire/",
            "destination": "nav",
            "url_route": "silkwire",
            "icon": "silkwire/static/icon.svg",
            "icon_dark_mode": "silkwire/static/icon-dark.svg",
            "nav_top_level": True,
        }
    ]
