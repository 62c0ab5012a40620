using Iop.Kernel;

namespace Iop.Agreements.Domain.Dialogue;

/// <summary>Who hears what is said: one's own organisation, one's own side of the table, or all at it.</summary>
public enum Audience
{
    OwnParty,

    /// <summary>The public parties among themselves, or the idea-driven ones.</summary>
    OwnSide,

    All,
}

/// <summary>What only some of a partnership may see. The database holds each row to its circle.</summary>
public interface IHeardWithin
{
    /// <summary>all, a side (public, idea-driven, private), or the id of an organisation.</summary>
    string Circle { get; }
}

/// <summary>The circle an audience is, for somebody who speaks for an organisation.</summary>
public static class Circles
{
    public const string All = "all";

    public static string Of(Audience audience, OrganisationRef speaker, OrganisationKind kind) => audience switch
    {
        Audience.All => All,
        Audience.OwnSide => SideOf(kind),
        _ => speaker.Value.ToString(),
    };

    /// <summary>Whether an organisation is within the circle.</summary>
    public static bool Holds(string circle, OrganisationRef organisation, OrganisationKind kind) =>
        circle == All || circle == SideOf(kind) || circle == organisation.Value.ToString();

    /// <summary>The word that admissions use.</summary>
    private static string SideOf(OrganisationKind kind) => kind switch
    {
        OrganisationKind.Public => "public",
        OrganisationKind.IdeaDriven => "idea-driven",
        _ => "private",
    };
}
