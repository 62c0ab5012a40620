namespace Iop.Agreements.Domain;

/// <summary>Title, period and what the register needs (ram).</summary>
/// <param name="Area">One of the register's eight areas, or null.</param>
/// <param name="TargetAge">0-25, 26-65, over-65, all, or null.</param>
/// <param name="RenewalMonths">How long it goes on when it renews itself; null for a year.</param>
/// <param name="AssessmentMonths">How old the assessment may be when it renews itself; null when the parties set no
/// limit.</param>
/// <param name="AdjustedBy">The body that may adjust it within the frame, if any.</param>
/// <param name="AdjustedSections">The sections that body may adjust.</param>
public sealed record Frame(
    string Title, DateOnly StartsOn, DateOnly? EndsOn, bool AutoRenews, int? NoticeMonths,
    string? Area, string? TargetAge, string? MunicipalityCode, string? CountyCode, int? RenewalMonths = null,
    int? AssessmentMonths = null, string? AdjustedBy = null, IReadOnlyList<string>? AdjustedSections = null)
{
    public const int TitleMax = 200;
    public const int NoticeMonthsMax = 60;
    public const int RenewalMonthsMax = 120;
    public const int AssessmentMonthsMax = 120;

    /// <summary>The sections one by one: a list is not equal to another with the same words.</summary>
    public bool Equals(Frame? other) => other is not null
        && (Title, StartsOn, EndsOn, AutoRenews, NoticeMonths, Area, TargetAge)
            == (other.Title, other.StartsOn, other.EndsOn, other.AutoRenews, other.NoticeMonths, other.Area, other.TargetAge)
        && (MunicipalityCode, CountyCode, RenewalMonths, AssessmentMonths, AdjustedBy)
            == (other.MunicipalityCode, other.CountyCode, other.RenewalMonths, other.AssessmentMonths, other.AdjustedBy)
        && (AdjustedSections ?? []).SequenceEqual(other.AdjustedSections ?? [], StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Title, StartsOn, EndsOn, AutoRenews, NoticeMonths);

    /// <summary>The eight areas of the register [kartlaggning p. 6–8].</summary>
    public static IReadOnlyList<string> Areas { get; } =
        ["safety", "leisure-education", "health", "crime", "labour-integration", "disability", "basic-needs", "other"];

    public static IReadOnlyList<string> TargetAges { get; } = ["0-25", "26-65", "over-65", "all"];
}
