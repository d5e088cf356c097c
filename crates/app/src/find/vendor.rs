//! Who made a network card, by the registries of the IEEE.

use model::Mac;

/// The organisation that the first bytes of an address belong to. None for one that was made up, such as that of a
/// virtual machine or of a phone that hides: the second-lowest bit of the first byte says so.
pub(crate) fn of(mac: Mac) -> Option<&'static str> {
    let is_local = mac.0[0] & 0b10 != 0;
    let found = oui_data::lookup(&mac.key().to_uppercase()).filter(|_| !is_local)?;
    Some(found.organization())
}

#[test]
fn a_registered_address_has_a_vendor_and_a_made_up_one_has_none() {
    let of = |text: &str| of(text.parse().expect(text));
    assert_eq!(of("00:50:56:30:41:34"), Some("VMware, Inc."));
    assert_eq!(of("02:50:56:30:41:34"), None);
}
