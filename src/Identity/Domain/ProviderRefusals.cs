using Iop.Kernel;

namespace Iop.Identity.Domain;

internal static class ProviderRefusals
{
    public static Refusal TooMany(int most) => new Refusal("provider.too-many").With("most", most);

    /// <summary>Too old, never made, or another person's: the caller learns no more.</summary>
    public static Refusal NoTrial { get; } = new("provider.no-trial");

    public static Refusal NoKey { get; } = new("provider.no-key");

    public static Refusal TwoKeys { get; } = new("provider.two-keys");

    public static Refusal OneKey { get; } = new("provider.one-key");

    public static Refusal KeyTooNew { get; } = new("provider.key-too-new");

    public static Refusal GrantThere(Guid existing) => new Refusal("provider.grant-there").With("existingId", existing);
}

internal static class LoginRefusals
{
    /// <summary>Used, expired, never made, or another person's: the caller learns no more.</summary>
    public static Refusal NotShown { get; } = new("login.not-shown");

    /// <summary>It belongs to somebody, perhaps to oneself.</summary>
    public static Refusal Taken { get; } = new("login.taken");

    public static Refusal OnlyWayIn { get; } = new("login.only-way-in");
}
