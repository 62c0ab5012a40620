using Iop.Kernel;

namespace Iop.Identity.Domain;

internal static class PersonRefusals
{
    public static Refusal AlreadyHasCredentials { get; } = new("person.already-has-credentials");

    public static Refusal HasComeIn { get; } = new("person.has-come-in");

    public static Refusal HasRolesElsewhere { get; } = new("person.has-roles-elsewhere");

    public static Refusal NoPassword { get; } = new("person.no-password");

    public static Refusal PasswordWrong { get; } = new("person.password-wrong");

    public static Refusal MustWait { get; } = new("person.must-wait");

    public static Refusal NotAllOpened { get; } = new("person.not-all-opened");

    public static Refusal NothingToCorrect { get; } = new("person.nothing-to-correct");

    public static Refusal SignInAgain { get; } = new("person.sign-in-again");

    /// <summary>Who has it is not told: that would be a way to ask who has an account.</summary>
    public static Refusal EmailNotPossible { get; } = new("person.email-not-possible");

    public static Refusal AddressNeedsMail { get; } = new("person.address-needs-mail");

    /// <summary>Whose it is, is told to whoever invites: so that roles are given to the one who was meant.</summary>
    public static Refusal EmailTaken(PersonId existing, string name) =>
        new Refusal("person.email-taken").With("existingId", existing.Value).With("name", name);
}

internal static class MembershipRefusals
{
    public static Refusal Unchanged { get; } = new("membership.unchanged");

    public static Refusal LastOf(string role) => new Refusal("membership.last-of-role").With("role", role);

    public static Refusal OperatorIsForOperators { get; } = new("membership.operator-is-for-operators");

    public static Refusal OrganisationHasAdmin { get; } = new("membership.organisation-has-admin");

    public static Refusal FirstIsAdmin { get; } = new("membership.first-is-admin");

    /// <summary>The person does not come in by it, or it gives no roles there.</summary>
    public static Refusal NoLoginToFollow { get; } = new("membership.no-login-to-follow");

    public static Refusal OtherUnit { get; } = new("membership.other-unit", RefusalKind.Forbidden);

    public static Refusal AlreadyThere(MembershipId existing) =>
        new Refusal("membership.already-there").With("existingId", existing.Value);
}

internal static class StandInRefusals
{
    public static Refusal NotForOneself { get; } = new("stand-in.not-for-oneself");

    public static Refusal NothingToLend { get; } = new("stand-in.nothing-to-lend");

    public static Refusal NotAColleague { get; } = new("stand-in.not-a-colleague");

    public static Refusal PeriodIsOver { get; } = new("stand-in.period-is-over");

    public static Refusal AlreadyOver { get; } = new("stand-in.already-over");

    public static Refusal AlreadyThere(StandInId existing) =>
        new Refusal("stand-in.already-there").With("existingId", existing.Value);
}

internal static class SystemRefusals
{
    public static Refusal TooManyKeys(int most) => new Refusal("system.too-many-keys").With("most", most);
}

internal static class LinkRefusals
{
    /// <summary>Used, expired or never made: the caller learns no more.</summary>
    public static Refusal NotValid { get; } = new("link.not-valid");

    /// <summary>The secret was offered with another link.</summary>
    public static Refusal OtherOffer { get; } = new("link.other-offer");

    public static Refusal OperatorExists { get; } = new("operator.exists");

    /// <summary>The machine's holder gets into no account but one that operates the platform and does nothing else.</summary>
    public static Refusal AddressInUse { get; } = new("operator.address-in-use");
}

internal static class SessionRefusals
{
    public static Refusal NoSuchMembership { get; } = new("session.no-such-membership");
}
