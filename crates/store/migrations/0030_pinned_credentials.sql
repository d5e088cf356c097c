-- The credential of the vault that alone is tried on a device, by its name.
alter table devices add column pinned_credential text;
