use store::{Defaults, PlatformSeed, RoleSeed, Seeded};
use testkit::{TestDb, each_db};

use super::device;

const DEFAULTS: Defaults<'static> = Defaults {
    manufacturers: &["Cisco", "Juniper"],
    platforms: &[
        PlatformSeed { slug: "cisco_ios", name: "Cisco IOS", manufacturer: "Cisco", netmiko_type: "cisco_ios" },
        PlatformSeed { slug: "arista_eos", name: "Arista EOS", manufacturer: "Arista", netmiko_type: "arista_eos" },
    ],
    roles: &[RoleSeed { slug: "leaf", name: "Leaf", color: "2196f3" }],
};

#[tokio::test]
async fn defaults_are_added_once_and_change_nothing_that_is_there() {
    each_db(async |db: TestDb| {
        let id = device(&db, "leaf-1 10.0.0.1").await;
        let added = db.seed_defaults(&DEFAULTS).await.expect("seeded");
        assert_eq!(added, Seeded { manufacturers: 1, platforms: 1, roles: 0 }, "on {}", db.name);
        assert_eq!(db.seed_defaults(&DEFAULTS).await.expect("again"), Seeded::default());
        assert_eq!(db.device_by_id(id).await.expect("read").role.as_deref(), Some("leaf"));
        let platforms = db.platforms().await.expect("read");
        assert_eq!(platforms[0].manufacturer.as_deref(), Some("Arista"));
    })
    .await;
}

#[tokio::test]
async fn devices_are_counted_where_they_belong() {
    each_db(async |db: TestDb| {
        db.seed_defaults(&DEFAULTS).await.expect("seeded");
        device(&db, "leaf-1 10.0.0.1 S1").await;
        device(&db, "leaf-2 10.0.0.2 S2").await;
        let sites = db.sites().await.expect("sites");
        assert_eq!((sites[0].name.as_str(), sites[0].status.as_str(), sites[0].devices), ("lab", "active", 2));
        let roles = db.roles().await.expect("roles");
        assert_eq!((roles[0].name.as_str(), roles[0].color.as_str(), roles[0].devices), ("Leaf", "2196f3", 2));
        let vendors = db.manufacturers().await.expect("manufacturers");
        let counts: Vec<_> = vendors.iter().map(|m| (m.name.as_str(), m.devices)).collect();
        assert_eq!(counts, [("Arista", 0), ("Cisco", 2), ("Juniper", 0)]);
        let platforms = db.platforms().await.expect("platforms");
        let ios = platforms.iter().find(|p| p.slug == "cisco_ios").expect("seeded");
        assert_eq!((ios.name.as_str(), ios.netmiko_type.as_deref(), ios.devices), ("Cisco IOS", Some("cisco_ios"), 2));
    })
    .await;
}
