using Iop.Web.Texts;

namespace Iop.Web.Frame;

/// <summary>Who looks at the page, for which organisation and in which language; the same throughout one request.</summary>
internal sealed class Visitor
{
    public string Language { get; set; } = Texts.Language.Swedish;

    /// <summary>The address of this page with its query, for coming back to it.</summary>
    public string Here { get; set; } = "/";

    /// <summary>What has just been done, to be said once in place: a key of the texts under <c>done.</c></summary>
    public string? Done { get; set; }

    public Person? Person { get; set; }

    /// <summary>How many things await the visitor; null when we could not ask.</summary>
    public int? Awaiting { get; set; }

    /// <summary>What this page is about is read as a guest; null for its own people, and where there is no such thing.</summary>
    public ReadAsGuest? Guest { get; set; }

    public bool SignedIn => Person is not null;

    /// <summary>Has the role, and may act on what this page is about: a guest only reads.</summary>
    public bool Is(string role) => Guest is null && Has(role);

    /// <summary>Has the role in the acting organisation, whatever the page is about.</summary>
    public bool Has(string role) => Person?.Acting?.Roles.Contains(role, StringComparer.Ordinal) ?? false;
}

/// <summary>Until when a guest reads, and whether follow-up is among it where that is known.</summary>
internal sealed record ReadAsGuest(DateOnly UntilOn, bool? FollowUp = null);

/// <summary>Something that says whether it is read by a guest.</summary>
internal interface IMayBeReadByGuests
{
    ReadAsGuest? ReadAs { get; }
}

/// <summary>A signed-in person and what he or she may act for.</summary>
internal sealed record Person(Guid Id, string Name, ActingFor? Acting, IReadOnlyList<ActingFor> Choices);

/// <summary>An organisation (and unit) that a person may act for, and the roles there.</summary>
internal sealed record ActingFor(
    Guid OrganisationId, string Organisation, Guid? UnitId, string? Unit, IReadOnlyList<string> Roles);
