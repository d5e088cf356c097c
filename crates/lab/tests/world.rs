//! What holds for every world, whatever its size and seed.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{HashMap, HashSet};

use lab::{Change, Edit, EditKind, Expected, Platform, Truth, World, WorldOptions};

fn world(devices: usize, seed: u64) -> World {
    World::generate(devices, seed, &WorldOptions::default())
}

fn each(check: impl Fn(&World, &Truth)) {
    for (devices, seeds) in [(1, 1..3), (2, 1..3), (3, 1..3), (5, 1..4), (12, 1..40), (30, 1..6), (200, 1..4)] {
        for seed in seeds {
            let world = world(devices, seed);
            check(&world, &world.truth());
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_network() {
    let text = |seed| serde_json::to_string(&world(60, seed).truth()).unwrap();
    assert_eq!(text(5), text(5));
    assert_ne!(text(5), text(6));
}

#[test]
fn twelve_devices_hold_three_sites_and_four_platforms() {
    for seed in 1..200 {
        let truth = world(12, seed).truth();
        let platforms: HashSet<_> = truth.devices.iter().map(|d| d.platform.clone()).collect();
        assert_eq!((truth.sites.len(), platforms.len()), (3, 4), "seed {seed}");
        assert!(truth.devices.iter().any(|d| d.name == "usa-rtr-1"));
        let roles: HashSet<_> = truth.devices.iter().map(|d| d.role.clone()).collect();
        assert!(["core", "spine", "leaf", "access"].iter().all(|r| roles.contains(*r)));
    }
}

#[test]
fn every_device_can_be_found_from_the_first() {
    each(|_, truth| {
        let mut near: HashMap<&str, Vec<&str>> = HashMap::new();
        for n in truth.neighbors.iter().filter(|n| n.is_device) {
            near.entry(&n.device).or_default().push(&n.neighbor);
        }
        let mut seen = HashSet::from([truth.devices[0].name.as_str()]);
        let mut queue = vec![truth.devices[0].name.as_str()];
        while let Some(name) = queue.pop() {
            let next = near.get(name).into_iter().flatten().filter(|n| seen.insert(n)).copied();
            queue.extend(next.collect::<Vec<_>>());
        }
        assert_eq!(seen.len(), truth.devices.len());
    });
}

#[test]
fn names_addresses_serials_and_ports_are_unique() {
    each(|_, truth| {
        let unique = |items: Vec<String>| items.len() == items.iter().collect::<HashSet<_>>().len();
        assert!(unique(truth.devices.iter().map(|d| d.name.clone()).collect()));
        assert!(unique(truth.devices.iter().map(|d| d.address.to_string()).collect()));
        assert!(unique(truth.devices.iter().flat_map(|d| d.serials.clone()).collect()));
        assert!(unique(truth.devices.iter().map(|d| d.chassis_mac.to_string()).collect()));
        assert!(unique(truth.hosts.iter().map(|h| h.ip.to_string()).collect()));
        assert!(unique(truth.interfaces.iter().map(|i| format!("{} {}", i.device, i.name)).collect()));
    });
}

#[test]
fn a_cdp_only_site_holds_only_cisco_and_an_lldp_only_site_speaks_no_cdp() {
    each(|_, truth| {
        for site in &truth.sites {
            let devices: Vec<_> = truth.devices.iter().filter(|d| d.site == *site).collect();
            let inside = |name: &str| devices.iter().any(|d| d.name == name);
            let links = truth.links.iter().filter(|l| inside(&l.a.device) && inside(&l.b.device));
            let spoken: HashSet<_> = links.flat_map(|l| l.protocols.clone()).collect();
            if spoken.len() == 1 && spoken.contains("cdp") {
                assert!(devices.iter().all(|d| d.vendor == "Cisco"));
            }
        }
        assert!(truth.links.iter().all(|l| !l.protocols.is_empty()));
    });
}

#[test]
fn a_host_is_seen_where_it_is_plugged_in_and_by_its_gateway() {
    each(|world, truth| {
        for host in &truth.hosts {
            let device = world.device(&host.device).unwrap();
            let junos = device.platform() == Platform::JuniperJunos;
            let port = if junos { format!("{}.0", host.port) } else { host.port.clone() };
            let seen: Vec<_> = truth.mac.iter().filter(|m| m.mac == host.mac).collect();
            assert!(seen.iter().any(|m| m.device == host.device && m.interface == port && m.vlan == Some(host.vlan)));
            assert_eq!(truth.arp.iter().filter(|a| a.mac == host.mac && a.ip == host.ip).count(), 1);
        }
    });
}

#[test]
fn both_ends_of_a_routed_cable_are_in_one_network() {
    each(|_, truth| {
        let nets = truth.routes.iter().filter(|r| r.protocol == "connected" && r.prefix.len == 30);
        let mut ends: HashMap<String, usize> = HashMap::new();
        nets.for_each(|r| *ends.entry(r.prefix.to_string()).or_default() += 1);
        assert!(ends.values().all(|n| *n == 2), "{ends:?}");
    });
}

#[test]
fn every_next_hop_belongs_to_a_neighbor() {
    each(|_, truth| {
        let owned: HashMap<_, _> = truth
            .interfaces
            .iter()
            .filter_map(|i| Some((i.address.as_deref()?.split('/').next()?.to_owned(), &i.device)))
            .collect();
        for route in &truth.routes {
            let Some(ip) = route.next_hop else { continue };
            assert!(owned.contains_key(&ip.to_string()), "{route:?}");
        }
    });
}

#[test]
fn a_moved_host_is_seen_at_its_new_port() {
    let mut world = world(12, 3);
    let truth = world.truth();
    let host = truth.hosts.iter().find(|h| h.device == "usa-access-1").unwrap();
    let change = world.move_host(&host.name, "fra-access-1").unwrap();
    let after = world.truth();
    let moved = after.hosts.iter().find(|h| h.name == host.name).unwrap();
    assert_eq!(moved.device, "fra-access-1", "{change:?}");
    let seen: HashSet<_> = after.mac.iter().filter(|m| m.mac == host.mac).map(|m| m.device.as_str()).collect();
    assert!(seen.contains("fra-access-1") && !seen.contains("usa-access-1"));
    assert!(world.move_host("nobody", "fra-access-1").is_err());
}

#[test]
fn outputs_have_a_line_for_every_row_of_the_truth() {
    for (devices, seed) in [(12, 1), (12, 2), (200, 3)] {
        let world = world(devices, seed);
        let truth = world.truth();
        for device in &truth.devices {
            let lines = |command: &str, mark: fn(&str) -> bool| {
                let text = world.output(&device.name, command).unwrap_or_default();
                text.lines().filter(|l| mark(l)).count()
            };
            let rows = truth.arp.iter().filter(|r| r.device == device.name).count();
            let arp = match &*device.platform {
                "cisco_ios" => lines("show ip arp", |l| l.starts_with("Internet")),
                "juniper_junos" => lines("show arp no-resolve", |l| l.ends_with("none")),
                _ => lines("show ip arp", |l| l.starts_with(|c: char| c.is_ascii_digit())),
            };
            assert_eq!(arp, rows, "{}", device.name);
            let rows = truth.routes.iter().filter(|r| r.device == device.name).count();
            let routes = match &*device.platform {
                "juniper_junos" => lines("show route", |l| l.starts_with("    ") && l.contains(" via ")),
                "cisco_nxos" => lines("show ip route vrf all", |l| l.contains("*via ")),
                platform => {
                    let command = if platform == "cisco_ios" { "show ip route vrf *" } else { "show ip route vrf all" };
                    lines(command, |l| l.contains(" via ") && !l.starts_with("      1") || l.contains("directly"))
                }
            };
            assert_eq!(routes, rows, "{}", device.name);
        }
        let tenants = truth.routes.iter().filter(|r| r.vrf == "blue");
        assert!(tenants.count() > 0, "a second routing table");
    }
}

fn edited(world: &mut World, device: &str, kind: EditKind) -> Change {
    world.change(device, &Edit { kind, ..Edit::default() }).unwrap()
}

/// `fact device -gone +new` of everything that a collector must see differently.
fn seen(change: &Change) -> Vec<String> {
    let said = |e: &Expected| format!("{} {} -{} +{}", e.fact, e.device, e.gone.len(), e.new.len());
    change.expected.iter().map(said).collect()
}

#[test]
fn noise_changes_a_configuration_and_no_fact() {
    for seed in 1..6 {
        let mut world = world(12, seed);
        for device in world.truth().devices {
            let command = if device.platform == "juniper_junos" { "show configuration" } else { "show running-config" };
            let before = world.output(&device.name, command);
            let change = edited(&mut world, &device.name, EditKind::Noise);
            assert_eq!((seen(&change), change.by), (vec![], None), "{}", device.name);
            // EOS says nothing of itself that could change.
            assert_eq!(before == world.output(&device.name, command), device.platform == "arista_eos");
        }
    }
}

#[test]
fn the_lines_of_an_access_list_change_places_and_none_is_new() {
    let mut world = world(12, 1);
    for device in world.truth().devices {
        let change = edited(&mut world, &device.name, EditKind::Acl);
        let sorted = |lines: &[String]| {
            let bare = |l: &String| l.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit()).to_owned();
            let mut lines: Vec<String> = lines.iter().map(bare).collect();
            lines.sort();
            lines
        };
        assert!(!change.added.is_empty() && change.added != change.removed, "{change:?}");
        assert_eq!(sorted(&change.added), sorted(&change.removed));
        assert!(change.expected.is_empty());
    }
}

#[test]
fn a_device_says_who_changed_it_and_when_as_far_as_its_kind_does() {
    let mut world = world(12, 1);
    for device in world.truth().devices {
        let edit = Edit { by: Some("mara".into()), at: Some(1_763_690_580_000), ..Edit::default() };
        let change = world.change(&device.name, &edit).unwrap();
        let (command, line) = match &*device.platform {
            "cisco_ios" => {
                ("show running-config", Some("! Last configuration change at 02:03:00 UTC Fri Nov 21 2025 by mara"))
            }
            "cisco_nxos" => {
                ("show running-config", Some("!Running configuration last done at: Fri Nov 21 02:03:00 2025"))
            }
            "juniper_junos" => ("show configuration", Some("## Last commit: 2025-11-21 02:03:00 UTC by mara")),
            _ => ("show running-config", None),
        };
        let text = world.output(&device.name, command).unwrap();
        assert!(line.is_none_or(|l| text.lines().any(|t| t == l)), "{}: {text}", device.name);
        assert_eq!(change.at.is_some(), line.is_some());
        assert_eq!(change.by.is_some(), line.is_some_and(|l| l.ends_with("mara")));
    }
}

#[test]
fn a_withdrawn_route_is_gone_from_that_device_alone() {
    let mut world = world(12, 1);
    let change = edited(&mut world, "usa-core-1", EditKind::Route);
    assert_eq!(seen(&change), ["routes usa-core-1 -1 +0"]);
    assert!(world.change("usa-access-1", &Edit { kind: EditKind::Route, ..Edit::default() }).is_err());
}

#[test]
fn both_ends_lose_each_other_when_a_cable_is_pulled_and_find_each_other_again() {
    let mut world = world(12, 1);
    let before = world.truth();
    let down = edited(&mut world, "usa-leaf-1", EditKind::LinkDown);
    let lost = |kind: &str, device: &str| {
        down.expected.iter().any(|e| e.fact == kind && e.device == device && !e.gone.is_empty())
    };
    for device in ["usa-leaf-1", "usa-core-1"] {
        assert!(lost("neighbors", device) && lost("arp", device) && lost("routes", device), "{down:?}");
    }
    assert!(world.truth().links.len() < before.links.len());
    edited(&mut world, "usa-leaf-1", EditKind::LinkUp);
    assert_eq!(serde_json::to_string(&world.truth()).unwrap(), serde_json::to_string(&before).unwrap());
}

#[test]
fn a_replaced_part_has_another_serial_and_nothing_else_changes() {
    let mut world = world(12, 1);
    for device in world.truth().devices {
        let change = edited(&mut world, &device.name, EditKind::Component);
        let seen: HashSet<String> = seen(&change).into_iter().collect();
        // A table of power supplies has their serials too.
        let parts = ["components", "environment"].map(|fact| format!("{fact} {} -1 +1", device.name));
        assert!(seen.contains(&parts[0]) && seen.iter().all(|s| parts.contains(s)), "{seen:?}");
        assert!(change.added.is_empty() && change.removed.is_empty());
    }
}

#[test]
fn an_upgrade_shows_in_the_version_and_a_new_vlan_in_the_configuration() {
    let mut world = world(12, 1);
    let change = edited(&mut world, "usa-core-1", EditKind::Upgrade);
    assert!(seen(&change).contains(&"system usa-core-1 -1 +1".to_owned()), "{change:?}");
    let change = edited(&mut world, "usa-leaf-1", EditKind::Vlan);
    assert!(change.added.iter().any(|l| l.contains("ticket-")), "{change:?}");
}

#[test]
fn a_pulled_cable_is_in_no_configuration() {
    for seed in 1..8 {
        let mut world = world(12, seed);
        let configs = |world: &World| -> Vec<Option<String>> {
            let of = |d: &lab::Device| match d.platform() {
                Platform::JuniperJunos => world.output(&d.name, "show configuration"),
                _ => world.output(&d.name, "show running-config"),
            };
            world.devices().iter().map(of).collect()
        };
        let before = configs(&world);
        for device in world.truth().devices {
            // Its cables may all be pulled by now, from the other ends.
            let _ = world.change(&device.name, &Edit { kind: EditKind::LinkDown, ..Edit::default() });
        }
        assert!(world.truth().links.len() < 8, "seed {seed}");
        assert!(configs(&world) == before, "seed {seed}");
    }
}
