"""The settings under test: the site's own, with a fast hasher, no start-up files and nothing from the environment."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="askwell-tests-"))
os.environ.update({"ALLOWED_HOSTS": "localhost,127.0.0.1,testserver", "DEBUG": "0", "DEMO": "0"})

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
