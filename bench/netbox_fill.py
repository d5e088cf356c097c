"""Devices in NetBox as an import would leave them, by Django's bulk inserts: name, serial number, site, role, type, platform, address.

Reads {"token", "devices": [{"name", "serial", "site", "role", "address"}]}; run inside NetBox's own shell.
"""

import json
import os

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils.text import slugify
from dcim.models import Device, DeviceRole, DeviceType, Interface, Manufacturer, Platform, Site
from ipam.models import IPAddress
from users.models import Token, User

with open(os.environ["VELOCITY_BENCH_DEVICES"], encoding="utf-8") as file:
    asked = json.load(file)

user, _ = User.objects.get_or_create(username="bench", defaults={"is_superuser": True})
if not Token.objects.filter(user=user).exists():
    Token.objects.create(user=user, version=1, token=asked["token"])


def named(model, name, **more):
    return model.objects.get_or_create(slug=slugify(name), defaults={"name": name, **more})[0]


maker = named(Manufacturer, "Cisco")
kind, _ = DeviceType.objects.get_or_create(model="WS-C3850-48P", slug="ws-c3850-48p", manufacturer=maker)
platform = named(Platform, "cisco_ios")
sites = {name: named(Site, name, status="active") for name in {d["site"] for d in asked["devices"]}}
roles = {name: named(DeviceRole, name) for name in {d["role"] for d in asked["devices"]}}

devices = Device.objects.bulk_create(
    [
        Device(
            name=d["name"],
            serial=d["serial"],
            site=sites[d["site"]],
            role=roles[d["role"]],
            device_type=kind,
            platform=platform,
            status="active",
        )
        for d in asked["devices"]
    ],
    batch_size=1000,
)
ports = Interface.objects.bulk_create(
    [Interface(device=d, name="Vlan1", type="virtual", _site=d.site) for d in devices], batch_size=1000
)
interface = ContentType.objects.get_for_model(Interface)
addresses = IPAddress.objects.bulk_create(
    [
        IPAddress(address=f"{asked_['address']}/24", assigned_object_type=interface, assigned_object_id=port.pk)
        for asked_, port in zip(asked["devices"], ports)
    ],
    batch_size=1000,
)
for device, address in zip(devices, addresses):
    device.primary_ip4 = address
Device.objects.bulk_update(devices, ["primary_ip4"], batch_size=1000)
# As PostgreSQL does by itself within minutes of an import.
connection.cursor().execute("vacuum (analyze)")
print(json.dumps({"devices": Device.objects.count()}))
