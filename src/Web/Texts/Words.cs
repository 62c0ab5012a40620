using System.Globalization;
using Iop.Web.Frame;

namespace Iop.Web.Texts;

/// <summary>What the pages say to this visitor: texts by key, and dates, numbers and money as they are written.</summary>
internal sealed class Words(TextCatalogue texts, Visitor visitor, ILogger<Words> log)
{
    public Written Written => visitor.Language == Texts.Language.Swedish ? Written.Swedish : Written.English;

    public string Language => visitor.Language;

    /// <summary>That the visitor reads this as a guest.</summary>
    public ReadAsGuest? Guest => visitor.Guest;

    /// <summary>The text of a key; the key itself (and a warning in the log) when there is none.</summary>
    public string this[string key] => Find(key) ?? Unknown(key);

    /// <summary>The text of a key with values put in at {0}, {1} …</summary>
    public string this[string key, params object?[] values] => string.Format(CultureInfo.InvariantCulture, this[key], values);

    /// <summary>Singular or plural by the count, which is {0}: keys end in <c>.one</c> and <c>.many</c>.</summary>
    public string Count(string key, long count, params object?[] more) =>
        this[count == 1 ? key + ".one" : key + ".many", [Written.Number(count), .. more]];

    /// <summary>The word for a code of a service, such as a state; the code itself if we have no word for it yet.</summary>
    public string Of(string family, string? code) => code is null ? this["missing"] : Find($"{family}.{code}") ?? code;

    /// <summary>Something that is missing, with what it is called: a section by its name, anything else by its word and whom it
    /// concerns.</summary>
    public string Missing(string what, string? name) => (what, name) switch
    {
        ("section", { } section) => section,
        (_, { } whom) => $"{Of("missing.what", what)} ({whom})",
        _ => Of("missing.what", what),
    };

    public string? Find(string key) => texts.Find(visitor.Language, key);

    private string Unknown(string key)
    {
        log.LogWarning("No text for {Key} in {Language}", key, visitor.Language);
        return key;
    }
}
