//! Devices out of a NetBox: what it says becomes the inventory, and what is said here stays.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::bench::Bench;
use crate::served::{Served, tell};

const TOKEN: &str = "0123456789abcdef0123456789abcdef01234567";

/// A NetBox of one page, whose devices may change.
struct NetBox {
    url: String,
    devices: Arc<Mutex<Vec<Value>>>,
}

/// Rows "1" in two halls, and one that is in none.
fn locations() -> Value {
    let location = |id: i64, name: &str, slug: &str, parent: Value| json!({ "id": id, "name": name, "slug": slug, "site": named("ams1"), "parent": parent });
    let hall = |id: i64, name: &str| json!({ "id": id, "name": format!("Hall {name}"), "slug": format!("hall-{}", name.to_lowercase()) });
    json!([
        location(1, "Row 1", "row-1", Value::Null),
        location(2, "Hall A", "hall-a", Value::Null),
        location(3, "Hall B", "hall-b", Value::Null),
        location(4, "Row 1", "row-1", hall(2, "A")),
        location(5, "Row 1", "row-1", hall(3, "B")),
    ])
}

impl NetBox {
    fn start(devices: Vec<Value>) -> NetBox {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let devices = Arc::new(Mutex::new(devices));
        let told = Arc::clone(&devices);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let _ = answer(stream, &told);
            }
        });
        NetBox { url, devices }
    }

    fn has(&self, devices: Vec<Value>) {
        *self.devices.lock().expect("alone") = devices;
    }
}

fn answer(mut stream: TcpStream, devices: &Mutex<Vec<Value>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head)? > 0 {}
    let is_known = head.to_lowercase().contains(&format!("authorization: token {TOKEN}"));
    let (status, body) = match head.split(' ').nth(1).unwrap_or_default() {
        _ if !is_known => ("403 Forbidden", json!({ "detail": "Invalid v1 token" })),
        path if path.starts_with("/api/status/") => ("200 OK", json!({ "netbox-version": "4.7.3" })),
        path if path.starts_with("/api/dcim/locations/") => {
            ("200 OK", json!({ "count": null, "next": null, "previous": null, "results": locations() }))
        }
        path if path.starts_with("/api/dcim/devices/") => {
            let rows = devices.lock().expect("alone").clone();
            ("200 OK", json!({ "count": null, "next": null, "previous": null, "results": rows }))
        }
        _ => ("404 Not Found", json!({})),
    };
    let body = body.to_string();
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

fn named(slug: &str) -> Value {
    json!({ "id": 1, "name": slug.to_uppercase(), "slug": slug })
}

fn device(id: i64, name: &str, more: &Value) -> Value {
    let mut device = json!({
        "id": id, "url": format!("http://n/api/dcim/devices/{id}/"), "display_url": format!("http://n/dcim/devices/{id}/"),
        "name": name, "device_type": { "manufacturer": named("cisco"), "model": "C9300-48P" }, "role": named("access"),
        "platform": named("ios"), "site": named("ams1"), "location": { "id": 1, "name": "Row 1", "slug": "row-1" },
        "status": { "value": "active", "label": "Active" }, "serial": format!("S{id}"), "asset_tag": null,
        "primary_ip4": { "address": format!("10.0.0.{id}/24") }, "primary_ip6": null, "virtual_chassis": null,
        "vc_position": null, "description": "", "comments": "", "tags": [{ "name": "cmdb", "slug": "cmdb" }],
    });
    let (Value::Object(device_map), Value::Object(more)) = (&mut device, more) else { return device };
    device_map.extend(more.clone());
    device
}

fn json_of(bench: &Bench, args: &[&str]) -> Value {
    bench.run(&[args, &["--json"]].concat(), "").ok().json()
}

/// With the token in its vault.
fn bench() -> Bench {
    let bench = Bench::new();
    tell(&bench, &["vault", "init"], "").ok();
    tell(&bench, &["vault", "add", "netbox", "--token", "--password-stdin"], &format!("{TOKEN}\n")).ok();
    bench
}

fn sync(bench: &Bench, netbox: &NetBox, more: &[&str]) -> Value {
    let args = [&["--json", "devices", "sync", "--netbox", &netbox.url], more].concat();
    tell(bench, &args, "").json()
}

#[test]
fn devices_of_a_netbox_come_are_kept_up_with_and_stay_ours_where_we_say_otherwise() {
    let bench = bench();
    let member = |position: i64| json!({ "virtual_chassis": { "id": 7, "name": "stack", "master": { "id": 2, "name": "sw2" } }, "vc_position": position, "primary_ip4": null });
    let netbox = NetBox::start(vec![
        device(1, "sw1", &json!({})),
        device(2, "sw2", &member(1)),
        device(3, "sw2-2", &member(2)),
        device(4, "", &json!({ "name": null })),
    ]);
    let tried = sync(&bench, &netbox, &["--dry-run"]);
    assert_eq!(
        (&tried["read"], &tried["written"], tried["left_out"].as_array().map(Vec::len)),
        (&json!(4), &json!(false), Some(2))
    );
    assert_eq!(json_of(&bench, &["devices", "list"]), json!([]));

    let first = sync(&bench, &netbox, &[]);
    assert_eq!((&first["errors"], &first["written"]), (&json!(0), &json!(true)), "{first}");
    let shown = |name: &str| json_of(&bench, &["devices", "show", name]);
    let sw1 = shown("sw1");
    for (field, value) in [
        ("address", "10.0.0.1"),
        ("site", "AMS1"),
        ("role", "access"),
        ("location", "Row 1"),
        ("platform", "cisco_ios"),
    ] {
        assert_eq!(sw1["record"][field], value, "{sw1}");
    }
    assert_eq!(sw1["sources"][0]["source_id"], "1", "{sw1}");
    assert_eq!(shown("sw2")["record"]["serial"], "S2 S3");

    let again = sync(&bench, &netbox, &[]);
    assert_eq!((&again["create"], &again["update"], &again["undo"]), (&json!(0), &json!(0), &Value::Null), "{again}");

    // Renamed there and given another address; its site was said here.
    bench.run(&["devices", "edit", "sw1", "--site", "fra", "--create"], "").ok();
    netbox.has(vec![
        device(1, "edge-1", &json!({ "primary_ip4": { "address": "10.9.9.9/24" } })),
        device(2, "sw2", &json!({})),
    ]);
    let moved = sync(&bench, &netbox, &[]);
    assert_eq!((&moved["update"], &moved["create"]), (&json!(2), &json!(0)), "{moved}");
    let kept = &moved["kept"][0];
    assert_eq!(
        (&kept["field"], &kept["ours"], &kept["theirs"]),
        (&json!("site"), &json!("fra"), &json!("ams1")),
        "{moved}"
    );
    assert_eq!(moved["gone"], json!(["", "sw2-2"]));
    let edge = shown("edge-1");
    assert_eq!((&edge["record"]["address"], &edge["record"]["site"]), (&json!("10.9.9.9"), &json!("fra")));

    let undo = moved["undo"].to_string();
    bench.run(&["undo", "run", &undo], "").ok();
    assert_eq!(shown("sw1")["record"]["address"], "10.0.0.1");
}

#[test]
fn what_ours_is_because_the_system_said_so_follows_it_for_stacks_makers_and_rooms_too() {
    let bench = bench();
    let member = |position: i64, more: &Value| {
        let mut said = json!({ "virtual_chassis": { "id": 7, "name": "stack", "master": { "id": 2, "name": "sw2" } }, "vc_position": position });
        let (Value::Object(all), Value::Object(more)) = (&mut said, more) else { return said };
        all.extend(more.clone());
        said
    };
    let maker =
        |slug: &str, name: &str| json!({ "manufacturer": { "id": 1, "slug": slug, "name": name }, "model": "X" });
    let room = |id: i64| json!({ "location": { "id": id, "name": "Row 1", "slug": "row-1" } });
    let nowhere = json!({ "primary_ip4": null });
    let netbox = NetBox::start(vec![
        device(1, "sw1", &json!({ "device_type": maker("juniper", "Juniper Networks") })),
        device(2, "sw2", &member(1, &json!({}))),
        device(3, "sw2-2", &member(2, &nowhere)),
        device(4, "sw4", &room(4)),
        device(5, "sw5", &room(5)),
    ]);
    let first = sync(&bench, &netbox, &[]);
    assert_eq!((&first["errors"], &first["create"].as_i64().map(|n| n >= 4)), (&json!(0), &Some(true)), "{first}");
    let shown = |name: &str| json_of(&bench, &["devices", "show", name])["record"].clone();
    assert_eq!((&shown("sw2")["serial"], &shown("sw1")["manufacturer"]), (&json!("S2 S3"), &json!("Juniper")));
    assert_eq!(
        (&shown("sw4")["location"], &shown("sw5")["location"]),
        (&json!("Hall A / Row 1"), &json!("Hall B / Row 1"))
    );
    let again = sync(&bench, &netbox, &[]);
    assert_eq!((&again["create"], &again["update"], &again["kept"]), (&json!(0), &json!(0), &json!([])), "{again}");

    // Another maker, a member exchanged, the address of the first one another, and one carried to the other hall.
    netbox.has(vec![
        device(1, "sw1", &json!({ "device_type": maker("arista", "Arista") })),
        device(2, "sw2", &member(1, &json!({ "primary_ip4": { "address": "10.0.7.2/24" } }))),
        device(3, "sw2-2", &member(2, &json!({ "primary_ip4": null, "serial": "S33" }))),
        device(4, "sw4", &room(5)),
        device(5, "sw5", &room(5)),
    ]);
    let moved = sync(&bench, &netbox, &[]);
    assert_eq!((&moved["errors"], &moved["kept"]), (&json!(0), &json!([])), "{moved}");
    let sw2 = shown("sw2");
    assert_eq!((&sw2["serial"], &sw2["address"]), (&json!("S2 S33"), &json!("10.0.7.2")));
    assert_eq!(
        (&shown("sw1")["manufacturer"], &shown("sw4")["location"]),
        (&json!("Arista"), &json!("Hall B / Row 1"))
    );

    // What is said of the link alone is kept without a change of the device.
    netbox.has(vec![device(1, "sw1", &json!({ "device_type": maker("arista", "Arista"), "status": null }))]);
    let gone = sync(&bench, &netbox, &[]);
    assert_eq!(
        (&gone["update"], &gone["undo"], gone["gone"].as_array().map(Vec::len)),
        (&json!(0), &Value::Null, Some(4)),
        "{gone}"
    );
    assert_eq!(sync(&bench, &netbox, &[])["gone"], json!([]), "told once");
}

#[test]
fn a_token_is_refused_as_an_argument_and_in_a_file_and_a_wrong_one_writes_nothing() {
    let bench = bench();
    let netbox = NetBox::start(vec![device(1, "sw1", &json!({}))]);
    let said = tell(&bench, &["devices", "sync", "--netbox", &netbox.url, "--token", TOKEN], "");
    assert!(said.code == 2 && !said.err.contains(TOKEN) && said.err.contains("vault add"), "{said:?}");
    let file = bench.home().join("netbox.yaml");
    std::fs::write(&file, format!("url: {}\ntoken: {TOKEN}\n", netbox.url)).expect("written");
    let path = file.to_string_lossy().into_owned();
    let said = tell(&bench, &["devices", "sync", "--netbox-config", &path], "");
    assert!(said.code != 0 && !said.err.contains(TOKEN), "{said:?}");
    std::fs::write(&file, format!("url: {}\nfilter: {{ site: [ams1, fra1], status: active }}\n", netbox.url))
        .expect("written");
    tell(&bench, &["devices", "sync", "--netbox-config", &path], "").ok();
    assert_eq!(json_of(&bench, &["devices", "list"]).as_array().map(Vec::len), Some(1));
    // What NetBox said is no reason to keep a device that an undo takes away; the next time it comes again.
    bench.run(&["undo", "run", "1"], "").ok();
    assert_eq!(json_of(&bench, &["devices", "list"]), json!([]));
    assert_eq!(sync(&bench, &netbox, &[])["create"].as_u64().map(|n| n > 0), Some(true));
    tell(&bench, &["vault", "add", "other", "--token", "--password-stdin"], "wrong\n").ok();
    let said = tell(&bench, &["devices", "sync", "--netbox", &netbox.url, "--credential", "other"], "");
    assert!(said.code == 1 && said.err.contains("refused the token: Invalid v1 token"), "{said:?}");
}

#[test]
fn the_netbox_of_the_file_is_read_through_the_server_by_who_may_change_the_inventory() {
    let netbox = NetBox::start(vec![device(1, "sw1", &json!({})), device(2, "sw2", &json!({}))]);
    let Some(served) = Served::start(bench()) else { return };
    let (ann, eve) = (served.user("ann", "operator"), served.user("eve", "viewer"));
    let sync = |who: &str, path: &str| served.post(who, &format!("/api/v1/sources/netbox/sync{path}"), &Value::Null);
    let (status, told) = sync(&ann, "");
    assert_eq!(status, 400, "{told}");
    assert!(told["detail"].as_str().is_some_and(|why| why.contains("netbox.yaml")), "{told}");

    let home = served.bench.home();
    std::fs::write(home.join("netbox.yaml"), format!("url: {}\n", netbox.url)).expect("written");
    assert_eq!(sync("Bearer nothing", "").0, 401);
    assert_eq!(sync(&eve, "").0, 403);
    let (status, told) = sync(&ann, "?dry_run=true");
    assert_eq!((status, &told["read"], &told["written"]), (200, &json!(2), &json!(false)), "{told}");
    assert_eq!(json_of(&served.bench, &["devices", "list"]), json!([]));
    let (status, told) = sync(&ann, "");
    assert_eq!((status, &told["written"]), (200, &json!(true)), "{told}");
    let names = json_of(&served.bench, &["devices", "list"]);
    let names: Vec<&Value> = names.as_array().into_iter().flatten().map(|d| &d["name"]).collect();
    assert_eq!(names, ["sw1", "sw2"]);

    netbox.has(vec![device(1, "sw1-new", &json!({})), device(2, "sw2", &json!({}))]);
    assert_eq!(sync(&ann, "").0, 200);
    assert_eq!(json_of(&served.bench, &["devices", "show", "sw1-new"])["record"]["address"], "10.0.0.1");
    // A token that is not good there is said to be so, and is in no answer.
    let other = "another-token-that-is-wrong";
    let args = ["vault", "add", "netbox", "--token", "--replace", "--password-stdin"];
    tell(&served.bench, &args, &format!("{other}\n")).ok();
    let (status, told) = sync(&ann, "");
    assert_eq!(status, 502, "{told}");
    assert!(told["detail"].as_str().is_some_and(|why| why.contains("refused the token")), "{told}");
    assert!(!told.to_string().contains(other), "{told}");
}
