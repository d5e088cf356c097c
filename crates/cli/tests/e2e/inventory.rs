//! What a person keeps of the inventory, beside what discovery finds.

use serde_json::Value;

use crate::bench::{Bench, Said, Site};

fn velocity(bench: &Bench, args: &str) -> Said {
    bench.run(&args.split(' ').collect::<Vec<_>>(), "")
}

fn json(bench: &Bench, args: &str) -> Value {
    velocity(bench, &format!("{args} --json")).ok().json()
}

fn names(bench: &Bench, args: &str) -> Vec<String> {
    let list = json(bench, args);
    list.as_array().expect("a list").iter().map(|d| d["slug"].as_str().expect("a slug").to_owned()).collect()
}

#[test]
fn what_a_person_said_stays_whatever_is_discovered_and_deleting_can_be_undone() {
    let bench = Bench::new();
    let lab = Site::new(12, 1, 247);
    bench.discover(&lab, &[]).ok();
    bench.capture(&lab, "configs,arp,lldp", &[]).ok();
    let device = names(&bench, "devices list role=core").remove(0);
    velocity(&bench, "sites add Headquarters --slug hq --time-zone Europe/Berlin").ok();
    velocity(&bench, &format!("devices edit {device} --site hq --role border --tag +watched")).ok();
    bench.discover(&lab, &[]).ok();
    assert_eq!(names(&bench, "devices list site=hq,role=border,tag=watched"), std::slice::from_ref(&device));
    velocity(&bench, &format!("devices edit {device} --release role")).ok();
    bench.discover(&lab, &[]).ok();
    assert_eq!(names(&bench, "devices list site=hq,role=core"), std::slice::from_ref(&device));

    // Links of one device are those that the whole map has.
    let map = json(&bench, "topology show");
    let map = map.as_array().expect("links");
    for one in names(&bench, "devices list") {
        let shown = json(&bench, &format!("devices show {one}"))["links"].as_array().expect("links").len();
        let is = |l: &&Value| l["unknown"].is_null() && (l["local_device"] == *one || l["remote_device"] == *one);
        assert_eq!(shown, map.iter().filter(is).count(), "{one}");
    }

    let before = (json(&bench, &format!("devices show {device}")), json(&bench, "arp list"));
    let refused = velocity(&bench, &format!("devices delete {device}"));
    assert_eq!((refused.code, refused.err.contains("add -y")), (1, true), "{refused:?}");
    assert!(refused.out.contains("captures are deleted with it"), "{refused:?}");
    let deleted = json(&bench, &format!("devices delete {device} -y"));
    assert!(!names(&bench, "devices list").contains(&device));
    velocity(&bench, &format!("undo run {}", deleted["undo"])).ok();
    assert_eq!((json(&bench, &format!("devices show {device}")), json(&bench, "arp list")), before);
}

#[test]
fn a_file_is_imported_as_a_whole_or_not_at_all() {
    let bench = Bench::new();
    let file = bench.dir.path().join("devices.csv");
    let import = |text: &str, more: &[&str]| {
        std::fs::write(&file, text).expect("written");
        let path = file.to_string_lossy().into_owned();
        bench.run(&[&["devices", "import", "--csv", &path, "--json"], more].concat(), "")
    };
    let good = "\u{feff}Name;Primary IP4;Platform;Site;Role;Status;Tags\r\nleaf-1;10.0.0.1/24;ios;\"Rome; North\";leaf;Active;a,b\r\n\
                =cmd();10.0.0.2;arista_eos;Rome;new;planned;\r\n../../x;10.0.0.3;;;;;\r\n";
    let dry = import(good, &["--dry-run"]).ok().json();
    assert_eq!((&dry["create"], &dry["errors"], &dry["written"]), (&3.into(), &0.into(), &false.into()), "{dry}");
    assert_eq!(names(&bench, "devices list"), Vec::<String>::new());
    let done = import(good, &[]).ok().json();
    assert_eq!(names(&bench, "devices list platform=cisco_ios,tag=b,role=leaf"), ["leaf-1"]);
    assert_eq!(names(&bench, "devices list status=planned,vendor=arista"), ["cmd"]);
    assert_eq!(import(good, &[]).ok().json()["unchanged"], 3);

    // What is exported is read back as the same, and runs in no spreadsheet.
    let exported = velocity(&bench, "export devices").ok().out;
    assert!(exported.contains("'=cmd(),10.0.0.2"), "{exported}");
    let again = import(&exported, &[]).ok().json();
    assert_eq!((&again["unchanged"], &again["ignored"]), (&3.into(), &serde_json::json!(["os_version"])), "{again}");

    for (wrong, why) in [
        ("name,primary_ip4\nnew,10.0.0.9\nbad,nowhere\n", "address: `nowhere` is not an IP address"),
        ("name,primary_ip4\nnew,10.0.0.9\nnew2\n", "has 1 of 2 cells"),
        ("name,primary_ip4\nnew,10.0.0.9\nnew,10.0.0.8\n", "is the same as line 2"),
        ("name,primary_ip4\nnew,10.0.0.9\nleaf-1,10.0.0.2\n", "has the name of leaf-1 and the address of cmd"),
    ] {
        let said = import(wrong, &[]);
        let report = said.json();
        let errors: Vec<&str> =
            report["rows"].as_array().expect("rows").iter().filter_map(|r| r["error"].as_str()).collect();
        assert!(said.code == 1 && errors.len() == 1 && errors[0].contains(why), "{wrong}: {report}");
        assert_eq!(names(&bench, "devices list name=new"), Vec::<String>::new(), "{wrong}");
    }
    for (wrong, why) in [("name,ip\n\"a,10.0.0.9", "a quote is never closed"), ("a\0b", "NUL byte"), ("", "is empty")] {
        let said = import(wrong, &[]);
        assert!(said.code == 1 && said.err.contains(why), "{wrong}: {said:?}");
    }
    velocity(&bench, &format!("undo run {}", done["undo"])).ok();
    assert_eq!(names(&bench, "devices list"), Vec::<String>::new());
    assert_eq!(json(&bench, "sites list"), serde_json::json!([]));
}

#[test]
fn who_a_device_is_is_told_without_going_further_and_written_to_files() {
    let bench = Bench::new();
    let lab = Site::new(4, 5, 227);
    let folder = bench.dir.path().join("prints");
    let into = folder.to_string_lossy().into_owned();
    let login = ["--user", "admin", "--password-stdin", "--json"];
    let seed = lab.running.seed();
    let one =
        bench.run(&[&["fingerprint", &seed, "--output", &into][..], &login].concat(), &lab.password()).ok().json();
    assert_eq!(one.as_array().expect("a list").len(), 1, "nothing further: {one}");
    assert_eq!(names(&bench, "devices list").len(), 1);
    let device = &json(&bench, "devices list")[0];
    let file = folder.join(format!("{}.json", device["slug"].as_str().expect("a slug")));
    let written: Value = serde_json::from_slice(&std::fs::read(file).expect("a file")).expect("JSON");
    assert_eq!(written, one[0]);
    for field in ["name", "platform", "vendor", "model", "os_version", "serials"] {
        assert!(!device[field].is_null() && written[field] == device[field], "{field}: {written} {device}");
    }

    bench.discover(&lab, &[]).ok();
    let args = [&["fingerprint", "--inventory", "all", "--output", &into][..], &login].concat();
    let all = bench.run(&args, &lab.password()).ok().json();
    assert_eq!(all.as_array().expect("a list").len(), 4, "{all}");
    assert_eq!(std::fs::read_dir(&folder).expect("a folder").count(), 4);
    let nobody = bench.run(&[&["fingerprint", "127.227.9.9"][..], &login].concat(), &lab.password());
    assert_eq!((nobody.code, nobody.out.trim()), (1, "[]"), "{nobody:?}");
}

#[test]
fn interfaces_addresses_and_cables_are_read_as_netbox_writes_them() {
    let bench = Bench::new();
    let import = |what: &str, text: &str, more: &[&str]| {
        let file = bench.dir.path().join(format!("{what}.csv"));
        std::fs::write(&file, text).expect("written");
        let path = file.to_string_lossy().into_owned();
        bench.run(&[&["import", what, &path], more].concat(), "")
    };
    let told = |said: &Said| said.out.lines().find(|l| l.contains(" to create")).unwrap_or_default().to_owned();
    import("devices", "name,primary_ip4\nleaf-1,10.0.0.1\nleaf-2,10.0.0.2\n", &[]).ok();

    let interfaces = "device,name,label,parent,bridge,lag,type,speed,duplex,enabled,mark_connected,wwn,mtu,mgmt_only,\
        description,poe_mode,mode,untagged_vlan,tagged_vlans,vrf,tags\n\
        leaf-1,GigabitEthernet1/0/1,,,,Port-channel1,1000base-t,1000000,full,true,,,9000,false,to leaf-2,,tagged,1,\"10,20\",,\n\
        leaf-2,GigabitEthernet1/0/1,,,,,1000base-t,,,false,,,,,,,access,30,,,\n";
    let dry = import("interfaces", interfaces, &["--dry-run"]).ok();
    assert_eq!(told(&dry), "2 to create, 0 to update, 0 unchanged, 0 wrong");
    assert!(dry.out.contains("not kept: poe_mode, tags, wwn"), "{dry:?}");
    assert!(names(&bench, "interfaces list").is_empty(), "a dry run writes nothing");
    import("interfaces", interfaces, &[]).ok();
    assert_eq!(
        names(&bench, "interfaces list"),
        ["leaf-1-gigabitethernet1-0-1", "leaf-2-gigabitethernet1-0-1"],
        "the same name on two devices"
    );
    assert_eq!(told(&import("interfaces", interfaces, &[]).ok()), "0 to create, 0 to update, 2 unchanged, 0 wrong");
    let faster = interfaces.replace("1000000", "2500000").replace("leaf-1,", "10.0.0.1,");
    assert_eq!(told(&import("interfaces", &faster, &[]).ok()), "0 to create, 1 to update, 1 unchanged, 0 wrong");
    let wrong = "device,name,mac_address\nleaf-9,Gi1,\nleaf-1,Gi2,1d07h\n,Gi3,\nleaf-1,Gi4,\nLEAF-1,gi4,\n";
    let refused = import("interfaces", wrong, &[]);
    assert_eq!(refused.code, 1, "{refused:?}");
    for why in [
        "there is no device `leaf-9`",
        "`1d07h` is not a MAC address",
        "an interface needs a device",
        "is the same as line 5",
    ] {
        assert!(refused.out.contains(why), "{why}: {refused:?}");
    }
    assert_eq!(names(&bench, "interfaces list").len(), 2, "nothing is half-written");

    let addresses = "address,vrf,status,role,device,interface,is_primary,dns_name\n\
        10.0.0.1/24,,active,,leaf-1,Vlan1,true,leaf-1.example.net\n\
        10.0.0.1/24,red,reserved,,,,,\n2001:DB8::1/64,,active,loopback,leaf-2,Loopback0,,\n";
    import("ip-addresses", addresses, &[]).ok();
    let shown = json(&bench, "ip-addresses list");
    let shown: Vec<&str> = shown.as_array().expect("a list").iter().filter_map(|a| a["address"].as_str()).collect();
    assert_eq!(shown, ["10.0.0.1/24", "10.0.0.1/24", "2001:db8::1/64"], "one in each VRF");
    assert_eq!(told(&import("ip-addresses", addresses, &[]).ok()), "0 to create, 0 to update, 3 unchanged, 0 wrong");

    let cables = "side_a_device,side_a_type,side_a_name,side_b_device,side_b_type,side_b_name,type,status,length,length_unit\n\
        leaf-1,dcim.interface,GigabitEthernet1/0/1,leaf-2,dcim.interface,GigabitEthernet1/0/1,cat6a,connected,2.5,m\n\
        leaf-1,dcim.interface,Gi8,leaf-1,dcim.interface,Gi9,,planned,,\n";
    import("cables", cables, &[]).ok();
    assert_eq!(told(&import("cables", cables, &[]).ok()), "0 to create, 0 to update, 2 unchanged, 0 wrong");
    let half = import("cables", "side_a_device,side_a_name,side_b_device\nleaf-1,Gi1,leaf-2\n", &[]);
    assert!(half.out.contains("needs side_a_device, side_a_name, side_b_device and side_b_name"), "{half:?}");

    // What hangs on a device goes with it, and comes back.
    let all = |bench: &Bench| ["interfaces list", "ip-addresses list", "cables list"].map(|list| json(bench, list));
    let before = all(&bench);
    let deleted = json(&bench, "devices delete leaf-1 -y");
    assert_eq!(names(&bench, "interfaces list"), ["leaf-2-gigabitethernet1-0-1"]);
    assert!(names(&bench, "cables list").is_empty());
    velocity(&bench, &format!("undo run {}", deleted["undo"])).ok();
    assert_eq!(all(&bench), before);
    let merged = json(&bench, "devices merge leaf-1 leaf-2 -y");
    assert!(json(&bench, "interfaces list").as_array().expect("a list").iter().all(|i| i["device"] == "leaf-1"));
    velocity(&bench, &format!("undo run {}", merged["written"]["undo"])).ok();
    assert_eq!(all(&bench), before);
}

#[test]
fn many_are_edited_after_a_preview_and_put_back() {
    let bench = Bench::new();
    for n in 1..=3 {
        velocity(&bench, &format!("devices add sw-{n} --address 10.0.0.{n} --role access --site x --create")).ok();
    }
    let edit = "devices bulk-edit --filter role=access --set role=leaf,status=planned --tag +new";
    let dry = json(&bench, &format!("{edit} --dry-run"));
    assert_eq!((dry["records"].as_array().map(Vec::len), &dry["undo"]), (Some(3), &Value::Null));
    assert_eq!(velocity(&bench, edit).code, 1, "nobody agreed");
    assert_eq!(names(&bench, "devices list role=access").len(), 3);
    let done = json(&bench, &format!("{edit} -y"));
    assert_eq!(names(&bench, "devices list role=leaf,status=planned,tag=new").len(), 3);
    velocity(&bench, "devices edit sw-2 --status failed").ok();
    let refused = velocity(&bench, &format!("undo run {}", done["undo"]));
    assert!(refused.code == 1 && refused.err.contains("device sw-2: status was left as planned"), "{refused:?}");
    velocity(&bench, "devices edit sw-2 --status planned").ok();
    velocity(&bench, &format!("undo run {}", done["undo"])).ok();
    assert_eq!(names(&bench, "devices list role=access,status=active").len(), 3);
    assert_eq!(names(&bench, "tags list"), Vec::<String>::new());
}

#[test]
fn a_device_that_is_planned_has_no_address_until_it_is_found() {
    let (bench, site) = (Bench::new(), Site::new(6, 7, 149));
    let planned = site.running.truth().devices[1].name.clone();
    let file = bench.dir.path().join("netbox.csv");
    // As NetBox exports devices that have no primary address.
    let text = format!(
        "name,role,tenant,manufacturer,device_type,platform,serial,asset_tag,status,site,location,rack,primary_ip4\n\
         {planned},leaf,,Cisco,C9300-48P,,,A-77,planned,hq,,,\nspare-1,leaf,,Cisco,C9300-48P,,SPARE1,,inventory,hq,,,\n"
    );
    std::fs::write(&file, text).expect("written");
    let path = file.to_string_lossy().into_owned();
    let done = json(&bench, &format!("import devices {path}"));
    assert_eq!((&done["create"], &done["errors"]), (&2.into(), &0.into()), "{done}");
    let listed = velocity(&bench, "devices list").ok().out;
    assert!(listed.lines().any(|l| l.starts_with("spare-1  ") && !l.contains("0.0.0.0")), "{listed}");
    assert_eq!(json(&bench, &format!("import devices {path}"))["unchanged"], 2, "again");
    let asked = velocity(&bench, "capture --devices spare-1 --dry-run");
    assert!(asked.code == 1 && asked.err.contains("spare-1 has no address"), "{asked:?}");
    assert!(!velocity(&bench, "export inventory --format hosts").ok().out.contains("0.0.0.0"));

    bench.discover(&site, &[]).ok();
    assert_eq!(
        names(&bench, "devices list").len(),
        7,
        "six that were found, of which one was planned, and the spare one"
    );
    let found = json(&bench, &format!("devices show {planned}"));
    let truth = site.running.truth().devices.iter().find(|d| d.name == planned).map(|d| d.address.to_string());
    assert_eq!((found["address"].as_str(), found["site"].as_str()), (truth.as_deref(), Some("hq")), "{found}");
    let all = velocity(&bench, "capture --devices all --types version --dry-run").ok().out;
    assert!(!all.contains("spare-1"), "{all}");
}
