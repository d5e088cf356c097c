use model::DeviceId;
use proptest::prelude::*;

use super::*;

type Drawn = (i64, usize, usize, bool, i64, u8, bool);

/// A capture of one of a few devices, types and contents.
fn held() -> impl Strategy<Value = Vec<Held>> {
    let one = (0i64..3, 0usize..2, 0usize..2, any::<bool>(), 0i64..100, 0u8..6, prop::bool::weighted(0.1));
    prop::collection::vec(one, 0..40).prop_map(|all| {
        let held = |(n, (device, ty, platform, is_complete, seen, content, is_proof)): (usize, Drawn)| Held {
            id: CaptureId(n as i64 + 1),
            device: DeviceId(device),
            capture_type: ["arp", "configs"][ty].to_owned(),
            platform: ["cisco_ios", "frr"][platform].to_owned(),
            is_complete,
            last_seen: Timestamp(seen),
            content_hash: format!("{content}"),
            is_proof,
        };
        all.into_iter().enumerate().map(held).collect()
    })
}

fn rules() -> impl Strategy<Value = Retention> {
    let before = prop::option::of((0i64..120).prop_map(Timestamp));
    (before, prop::option::of(0u32..4), prop::option::of(0u64..60)).prop_map(|(before, keep, max_bytes)| Retention {
        before,
        keep,
        max_bytes,
    })
}

fn sizes() -> HashMap<String, u64> {
    (0..6u64).map(|n| (n.to_string(), n * 3 + 1)).collect()
}

/// Which device, type and platform it is of.
fn whose(c: &Held) -> (i64, &str, &str) {
    (c.device.0, &c.capture_type, &c.platform)
}

fn left<'h>(all: &'h [Held], gone: &[CaptureId]) -> Vec<&'h Held> {
    all.iter().filter(|c| !gone.contains(&c.id)).collect()
}

fn bytes_of(captures: &[&Held]) -> u64 {
    let hashes: HashSet<&String> = captures.iter().map(|c| &c.content_hash).collect();
    hashes.into_iter().map(|hash| sizes()[hash]).sum()
}

proptest! {
    #[test]
    fn the_last_good_capture_of_each_device_and_type_stays_whatever_the_rules(all in held(), rules in rules()) {
        let gone = expired(&all, &sizes(), rules);
        for capture in all.iter().filter(|c| c.is_complete) {
            let newest = all.iter().rfind(|c| c.is_complete && whose(c) == whose(capture));
            let newest = newest.map(|c| c.id).expect("at least this one");
            prop_assert!(!gone.contains(&newest), "{capture:?} lost {newest} by {rules:?}");
        }
        prop_assert!(all.iter().all(|c| !(c.is_proof && gone.contains(&c.id))), "a proof went");
    }

    #[test]
    fn nothing_goes_that_no_rule_speaks_of(all in held(), rules in rules()) {
        let gone = expired(&all, &sizes(), rules);
        let by_age = Retention { max_bytes: None, ..rules };
        let of_age = expired(&all, &sizes(), by_age);
        if rules.max_bytes.is_none_or(|most| bytes_of(&left(&all, &of_age)) <= most) {
            prop_assert_eq!(&gone, &of_age);
        }
        for capture in all.iter().filter(|c| of_age.contains(&c.id)) {
            prop_assert!(rules.before.is_none_or(|before| capture.last_seen < before));
        }
        if let Some(keep) = rules.keep {
            for capture in all.iter().filter(|c| gone.contains(&c.id)) {
                let like = |c: &&Held| whose(c) == whose(capture) && c.is_complete == capture.is_complete;
                let newer = all.iter().filter(like).filter(|c| c.id > capture.id).count();
                prop_assert!(newer >= keep as usize, "{capture:?} has {newer} newer ones");
            }
        }
    }

    #[test]
    fn what_is_too_much_goes_until_it_fits_or_nothing_more_may(all in held(), most in 0u64..60) {
        let rules = Retention { max_bytes: Some(most), ..Retention::default() };
        let gone = expired(&all, &sizes(), rules);
        let left = left(&all, &gone);
        let may = |c: &&&Held| {
            let newest = all.iter().rfind(|o| o.is_complete && whose(o) == whose(c));
            !(c.is_proof || c.is_complete && newest.is_some_and(|n| n.id == c.id))
        };
        prop_assert!(bytes_of(&left) <= most || left.iter().filter(may).count() == 0, "{left:?}");
        // The oldest went: none that stays and might have gone was seen before one that went.
        let oldest = left.iter().filter(may).map(|c| (c.last_seen, c.id)).min();
        let newest = all.iter().filter(|c| gone.contains(&c.id)).map(|c| (c.last_seen, c.id)).max();
        prop_assert!(oldest.is_none_or(|oldest| newest.is_none_or(|newest| newest < oldest)));
    }
}

#[test]
fn ages_and_sizes_are_as_a_person_writes_them() {
    let hour = 3_600_000;
    assert_eq!(["90d", "12h", "2w", "1y"].map(age), [90 * 24, 12, 14 * 24, 365 * 24].map(|n| Ok(n * hour)));
    let sizes = ["5GB", "500 mb", "1.5g", "1024", "0"].map(bytes);
    assert_eq!(sizes, [5_000_000_000, 500_000_000, 1_500_000_000, 1024, 0].map(Ok));
    for wrong in ["", "d", "-3d", "90", "soon", "0d"] {
        assert!(age(wrong).is_err(), "{wrong}");
    }
    assert!(bytes("much").is_err() && bytes("-1GB").is_err());
}
