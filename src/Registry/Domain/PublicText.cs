using System.Text.RegularExpressions;

namespace Iop.Registry.Domain;

/// <summary>What may stand in public: functions and their mailboxes, never persons.</summary>
public static partial class PublicText
{
    private static readonly HashSet<string> GivenNames = new((
        "anna maria margareta elisabeth eva kristina birgitta karin elisabet marie ingrid christina linnea kerstin sofia lena " +
        "helena marianne emma inger johanna sara linda elin ulla gunilla susanne anita monica malin hanna jenny anneli ida " +
        "carina annika emelie matilda amanda jessica camilla åsa charlotte julia therese frida moa ann lisa alice ella maja ebba " +
        "wilma fatima amina lars erik karl anders per johan nils carl mikael jan hans peter olof lennart gunnar sven fredrik bengt " +
        "daniel bo gustav alexander åke göran magnus martin andreas stefan john leif mats björn jonas thomas henrik christer " +
        "christian robert david ulf emil viktor oscar patrik rickard joakim niklas axel hugo lucas elias oliver mohamed ahmed ali")
        .Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> FunctionWords = new((
        "info kontakt kansli registrator post kommun kommunen region stad iop samverkan social socialtjanst socialforvaltningen " +
        "forening foreningen forvaltning forvaltningen enhet enheten kultur fritid utbildning arbetsmarknad kundtjanst " +
        "kontaktcenter styrelsen ordforande kassor verksamhet partnerskap civilsamhalle overenskommelse mail hej support " +
        "namnd namnden jour jouren kvinnojour kvinnojouren stod").Split(' '), StringComparer.Ordinal);

    /// <summary>A mailbox of a function: not forename.surname, not a given name.</summary>
    public static bool IsFunctionMailbox(string address)
    {
        if (!Address().IsMatch(address)) return false;
        var words = Word().Matches(address.Split('@')[0].ToLowerInvariant()).Select(match => match.Value).ToList();
        if (words.Count == 0 || words.Exists(FunctionWords.Contains)) return words.Count > 0;
        return !words.Exists(GivenNames.Contains) && words.Count == 1;
    }

    /// <summary>What a function is called: not a given name with a surname.</summary>
    public static bool IsFunctionName(string text)
    {
        var words = Word().Matches(text).Select(match => match.Value).ToList();
        return !text.Contains('@', StringComparison.Ordinal)
            && !words.Exists(word => char.IsUpper(word[0]) && GivenNames.Contains(word.ToLowerInvariant()));
    }

    /// <summary>No personal identity number and no person's address in a text that everybody reads; a function's mailbox may
    /// stand there.</summary>
    public static bool IsWithoutPersons(string? text) => text is null
        || (!Persons(PersonalNumber(), text, IsPersonalNumber).Any() && !Persons(AddressWithin(), text, IsPersons).Any());

    /// <summary>A text that was written elsewhere, for everybody to read: what points out a person is left out.</summary>
    public static string WithoutPersons(string text) => AddressWithin().Replace(
        PersonalNumber().Replace(text, match => IsPersonalNumber(match) ? LeftOut : match.Value),
        match => IsPersons(match) ? LeftOut : match.Value);

    private const string LeftOut = "[…]";

    private static IEnumerable<Match> Persons(Regex pattern, string text, Func<Match, bool> isPerson) =>
        pattern.Matches(text).Where(isPerson);

    /// <summary>In the middle of a text only what says a function's name is a function's mailbox.</summary>
    private static bool IsPersons(Match match)
    {
        var words = Word().Matches(match.Value.Split('@')[0].ToLowerInvariant()).Select(word => word.Value).ToList();
        return !words.Exists(FunctionWords.Contains) || words.Exists(GivenNames.Contains);
    }

    /// <summary>With its mark it is one; ten or twelve digits in a row are one when the last of them checks. (An organisation's
    /// number has no month.)</summary>
    private static bool IsPersonalNumber(Match match)
    {
        var digits = string.Concat(match.Value.Where(char.IsAsciiDigit))[^10..];
        var sum = digits.Select((digit, place) => (digit - '0') * (place % 2 == 0 ? 2 : 1))
            .Sum(value => value > 9 ? value - 9 : value);
        return match.Groups["mark"].Length > 0 || sum % 10 == 0;
    }

    [GeneratedRegex(@"^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"\p{L}+", RegexOptions.None, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(
        @"(?<![\d-])(19|20)?\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01]|[6-8]\d|9[01])(?<mark>[-+\u2013]?)\d{4}(?![\d-])",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PersonalNumber();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(\.[\w-]+)+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AddressWithin();
}
