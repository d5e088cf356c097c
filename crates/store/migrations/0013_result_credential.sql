-- Which credential let us in: several may have one user name.

alter table run_devices add column credential text;
