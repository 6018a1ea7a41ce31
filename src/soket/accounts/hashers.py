"""Password hashing at the OWASP profile for Argon2id: 19 MiB, 2 passes, 1 lane."""
from django.contrib.auth.hashers import Argon2PasswordHasher


class OwaspArgon2(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
