"""The dev server: builds, serves the output, watches the sources, and keeps open pages up to date.

It only triggers the build that it is given; how a site is built is no business of this package.
"""

from generator.serve.server import DevServer, run

__all__ = ["DevServer", "run"]
