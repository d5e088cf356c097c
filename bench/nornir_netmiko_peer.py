"""nornir with netmiko, as their own guides do it: threads, one connection a device, `netmiko_send_command`.

Like every other peer and like ours it is privileged before the first question.
"""

from nornir.core import Nornir
from nornir.core.inventory import ConnectionOptions, Defaults, Groups, Host, Hosts, Inventory
from nornir.core.plugins.connections import ConnectionPluginRegister
from nornir.core.task import Result
from nornir.plugins.runners import ThreadedRunner
from nornir_netmiko.connections import Netmiko
from nornir_netmiko.tasks import netmiko_send_command

import peer


def ask(task):
    commands = peer.COMMANDS[task.host.platform]
    answers = [
        task.run(netmiko_send_command, command_string=command, enable=command is commands[0])[0].result
        for command in commands
    ]
    task.host.close_connections()
    return Result(host=task.host, result=answers)


def host(job, device):
    return Host(
        name=device["name"],
        hostname=device["address"],
        port=device["port"],
        username=job["username"],
        password=job["password"],
        platform=device["platform"],
        connection_options={"netmiko": ConnectionOptions(extras=extras(job))},
    )


def extras(job):
    # A thousand threads keep each other waiting for longer than it waits for an answer by itself.
    patience = {"conn_timeout": 60, "banner_timeout": 60, "read_timeout_override": 120}
    return {**patience, "secret": job["enable"]}


def main():
    job = peer.job()
    ConnectionPluginRegister.register("netmiko", Netmiko)
    hosts = Hosts({d["name"]: host(job, d) for d in job["devices"]})
    inventory = Inventory(hosts=hosts, groups=Groups(), defaults=Defaults())
    tally = peer.Tally()
    results = Nornir(inventory=inventory, runner=ThreadedRunner(num_workers=job["workers"])).run(ask)
    for result in results.values():
        if result.failed:
            # The last result is of the task as a whole; the exception that matters is of the step within.
            tally.failed(next((r.exception for r in result[1:] if r.exception), result.exception))
        else:
            tally.answered(result[0].result)
    tally.show()


main()
