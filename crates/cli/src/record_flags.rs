//! A flag for each field of a record, made of what `model` says of its kind.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::LazyLock;

use clap::{Arg, ArgMatches, Command, FromArgMatches};
use model::{Field, FieldKind, ObjectKind};

/// Which kind of record a command is about.
pub trait Kind: Clone + Send + Sync + 'static {
    fn kind() -> &'static ObjectKind;
}

macro_rules! kinds {
    ($($name:ident: $kind:ident),* $(,)?) => {$(
        #[derive(Clone)]
        pub struct $name;
        impl Kind for $name {
            fn kind() -> &'static ObjectKind {
                &model::object::$kind
            }
        }
    )*};
}

kinds! {
    Sites: SITE, Locations: LOCATION, Manufacturers: MANUFACTURER, DeviceTypes: DEVICE_TYPE, Roles: ROLE,
    Platforms: PLATFORM, Tags: TAG, Devices: DEVICE, Interfaces: INTERFACE, IpAddresses: IP_ADDRESS, Cables: CABLE, Channels: CHANNEL, NoticeRules: NOTICE_RULE,
}

/// The fields that were given. A new record is named by an argument of its own, not by a flag.
pub struct Fields<K, const NEW: bool> {
    pub set: Vec<(String, String)>,
    kind: PhantomData<K>,
}

fn fields<K: Kind, const NEW: bool>() -> impl Iterator<Item = &'static Field> {
    let skipped = if NEW { 1 } else { 0 };
    K::kind().fields.iter().skip(skipped)
}

impl<K: Kind, const NEW: bool> clap::Args for Fields<K, NEW> {
    fn augment_args(command: Command) -> Command {
        let flag = |field: &'static Field| {
            let arg = Arg::new(field.name).long(flag_of(field)).help(field.help);
            arg.value_name(value_name(field)).allow_hyphen_values(matches!(field.kind, FieldKind::Decimal(..)))
        };
        command.args(fields::<K, NEW>().map(flag))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<K: Kind, const NEW: bool> FromArgMatches for Fields<K, NEW> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = |f: &Field| Some((f.name.to_owned(), matches.get_one::<String>(f.name)?.clone()));
        Ok(Self { set: fields::<K, NEW>().filter_map(given).collect(), kind: PhantomData })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// `time-zone` for `time_zone`, once for all: clap keeps no texts of its own.
fn flag_of(field: &'static Field) -> &'static str {
    static FLAGS: LazyLock<BTreeMap<&str, String>> = LazyLock::new(|| {
        let beside = [&model::object::CHANNEL, &model::object::NOTICE_RULE];
        let all = model::object::KINDS.into_iter().chain(beside).flat_map(|kind| kind.fields);
        all.map(|f| (f.name, f.name.replace('_', "-"))).collect()
    });
    FLAGS.get(field.name).map_or(field.name, String::as_str)
}

fn value_name(field: &Field) -> &'static str {
    match field.kind {
        FieldKind::Text(_) | FieldKind::Long | FieldKind::Serials | FieldKind::Read(_) => "TEXT",
        FieldKind::Slug => "SLUG",
        FieldKind::Word(_) => "STATUS",
        FieldKind::Color => "RRGGBB",
        FieldKind::TimeZone => "ZONE",
        FieldKind::Decimal(..) => "NUMBER",
        FieldKind::Address => "IP",
        FieldKind::Port => "PORT",
        FieldKind::Ref(_) => "NAME",
    }
}
