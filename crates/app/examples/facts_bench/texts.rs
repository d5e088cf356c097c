//! Captures to be searched, kept by the product, and the same texts as plain files.

use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

use app::{InitOptions, init};
use futures::{StreamExt, TryStreamExt, stream};
use model::{Capture, Completeness};
use serde_json::json;
use store::{NewCapture, Store};

use crate::load::{AT_ONCE, upsert};
use crate::store;
use crate::world::{self, World};

/// Bytes of a configuration, about.
const SIZE: usize = 200_000;

pub async fn keep(home: &Path, megabytes: usize, folder: &Path) -> anyhow::Result<serde_json::Value> {
    init(home, &InitOptions { defaults: true, dry_run: false }).await?;
    std::fs::create_dir_all(folder)?;
    let store = store(home).await?;
    let count = u32::try_from(megabytes * 1_000_000 / SIZE)?;
    let start = Instant::now();
    let each = stream::iter(0..count).map(|n| {
        let (store, folder) = (store.clone(), folder.to_path_buf());
        let task = tokio::spawn(async move { keep_one(&store, &folder, n).await });
        async move { task.await? }
    });
    let bytes: u64 = each.buffer_unordered(AT_ONCE).try_fold(0, async |sum, bytes| Ok(sum + bytes)).await?;
    store.close().await;
    Ok(json!({ "captures": count, "bytes": bytes, "seconds": start.elapsed().as_secs_f64() }))
}

async fn keep_one(store: &Store, folder: &Path, n: u32) -> anyhow::Result<u64> {
    let text = config(n);
    std::fs::write(folder.join(format!("{}.txt", World::name(n))), &text)?;
    let capture = Capture {
        capture_type: "configs".to_owned(),
        command: "show running-config".to_owned(),
        platform: "cisco_ios".to_owned(),
        content: text.into_bytes(),
        completeness: Completeness::Complete,
    };
    let content = store.keep_content(&capture.content).await?;
    let mut tx = store.begin().await?;
    let device = tx.upsert_device(&upsert(n, World::name(n)), world::time(0)).await?.device.id;
    tx.save_capture(&NewCapture::new(device, None, &capture, &content), world::time(0)).await?;
    tx.commit().await?;
    Ok(content.size())
}

/// A configuration as one finds them: ports, access lists, users, and on every thousandth device a line that is rare.
fn config(device: u32) -> String {
    let mut text = format!("version 16.12\nhostname {}\n!\n", World::name(device));
    let _ =
        writeln!(text, "enable secret 9 $9$Xs{device:08x}$k\nusername admin privilege 15 secret 9 $9$Ab{device:08x}$q");
    if device % 1000 == 7 {
        let _ = writeln!(text, "ip http server\nsnmp-server location Needle Row {device}");
    }
    let mut n = u64::from(device);
    let mut next = move |of: u64| {
        n = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (n >> 33) % of
    };
    let mut port = 0;
    while text.len() < SIZE {
        port += 1;
        let (vlan, room, words) = (next(4000) + 1, next(9000), ["user", "printer", "phone", "access point"]);
        let word = words[next(4) as usize];
        let _ = write!(
            text,
            "interface GigabitEthernet{}/0/{}\n description {word} in room {room}\n switchport access vlan {vlan}\n \
             switchport mode access\n spanning-tree portfast\n ip dhcp snooping limit rate {}\n!\n",
            port / 48 + 1,
            port % 48 + 1,
            next(100)
        );
        if port % 4 == 0 {
            let (a, b, c, d) = (next(256), next(256), next(256), next(65_000));
            let _ = writeln!(text, "access-list 110 permit tcp host 10.{a}.{b}.{c} any eq {d} log");
        }
    }
    text
}
