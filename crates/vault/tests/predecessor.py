"""Writes predecessor.json, predecessor_whole.json and predecessor.db: vaults as VelocityCollector kept them, by Python's
`cryptography`. Run it in this folder when the tests need other contents; the password is `old password`."""

import base64, hashlib, json, pathlib, sqlite3
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

PASSWORD = b"old password"
SALT = bytes(range(16))
derived = PBKDF2HMAC(algorithm=hashes.SHA256(), length=32, salt=SALT, iterations=480_000).derive(PASSWORD)
fernet = Fernet(base64.urlsafe_b64encode(derived))


def seal(text):
    return fernet.encrypt(text.encode()).decode() if text else None


meta = {
    "salt": base64.b64encode(SALT).decode(),
    "password_hash": base64.b64encode(hashlib.pbkdf2_hmac("sha256", PASSWORD, SALT, 100_000)).decode(),
}
plain = [
    {"name": "lab", "username": "admin", "password": "old-lab-pässword", "is_default": True},
    {"name": "keys", "username": "ops", "ssh_key": "-----BEGIN OPENSSH PRIVATE KEY-----\nx\n",
     "ssh_key_passphrase": "old-passphrase"},
]
rows = [
    {
        "id": n + 1,
        "name": c["name"],
        "username": c["username"],
        "password_encrypted": seal(c.get("password")),
        "ssh_key_encrypted": seal(c.get("ssh_key")),
        "ssh_key_passphrase_encrypted": seal(c.get("ssh_key_passphrase")),
        "is_default": int(c.get("is_default", False)),
        "created_at": "2025-11-01 10:00:00",
    }
    for n, c in enumerate(plain)
]

write = lambda name, value: pathlib.Path(name).write_text(json.dumps(value, indent=1) + "\n")
write("predecessor.json", {"vault_metadata": meta, "credentials": rows})
write("predecessor_whole.json", {"salt": meta["salt"], "data": seal(json.dumps({"credentials": plain}))})

database = pathlib.Path("predecessor.db")
database.unlink(missing_ok=True)
with sqlite3.connect(database) as db:
    db.execute("create table vault_metadata (id integer primary key, key text unique not null, value text)")
    db.executemany("insert into vault_metadata (key, value) values (?, ?)", meta.items())
    columns = list(rows[0])
    db.execute(f"create table credentials ({', '.join(columns)})")
    db.executemany(f"insert into credentials values ({', '.join('?' * len(columns))})", [list(r.values()) for r in rows])
