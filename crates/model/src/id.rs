//! A type for each id, so that one cannot be given where another is wanted.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    TenantId,
    DeviceId,
    SiteId,
    CaptureId,
    RunId,
    ChangeId,
    CredentialId,
    JobId,
    WorkerId,
    ScheduleId,
}

impl TenantId {
    /// The tenant of an installation that has only one.
    pub const DEFAULT: TenantId = TenantId(1);
}
