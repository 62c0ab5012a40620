using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using Iop.Contracts;
using Iop.Contracts.Agreements;
using Iop.Contracts.Identity;
using Iop.Contracts.Registry;
using Iop.Notifications.Domain;
using Iop.Notifications.Telling;
using Iop.Platform.Api;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Notifications.Tests;

/// <summary>Every message that can be told has its rule and its words, in both languages; what tells nobody is named
/// here.</summary>
public sealed partial class WordsTests(NotificationsWorld world) : IClassFixture<NotificationsWorld>
{
    /// <summary>Kept for the service's own use or not heard here: whom to tell, who reads as a guest, and a link that goes by
    /// mail.</summary>
    internal static readonly Type[] TellNobody =
        [typeof(OrganisationChanged), typeof(MembershipChanged), typeof(AccountLinkMade), typeof(GuestChanged)];

    /// <summary>They finish or move what waits, or are said by the circle; no line of their own.</summary>
    private static readonly string[] OnlyFinish =
        ["AgreementOpenedForSignature", "EntryConfirmationSettled", "PartyLeftPartnership",
            "SecondFactorResetSettled", "VersionReviewed"];

    [Fact]
    public void Every_message_is_told_or_named_as_telling_nobody()
    {
        var rules = world.Services.GetRequiredService<Rules>();
        var silent = new List<string>();
        foreach (var message in Messages().Except(TellNobody))
        {
            var lines = Words.SelectMany(word => Variants(message, word))
                .SelectMany(one => rules.For(one).Tidings.Lines).ToList();
            if (lines.Count == 0) silent.Add(message.Name);
        }
        Assert.Equal(OnlyFinish.Order(StringComparer.Ordinal), silent.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("sv")]
    [InlineData("en")]
    public void Every_line_and_every_deadline_has_words_for_all_it_says(string language)
    {
        var (rules, texts) = (world.Services.GetRequiredService<Rules>(), world.Services.GetRequiredService<Texts>());
        var codes = texts.Codes(language).ToList();
        foreach (var message in Messages().Except(TellNobody))
        {
            foreach (var word in Words)
            {
                foreach (var tidings in Variants(message, word).Select(one => rules.For(one).Tidings))
                {
                    foreach (var line in tidings.Lines) MustBeSaid($"line.{line.Kind}", [.. line.Arguments.Keys], word, message);
                    foreach (var deadline in tidings.Deadlines) MustBeSaid($"deadline.{deadline.Kind}", ["title"], word, message);
                }
            }
        }

        void MustBeSaid(string code, IReadOnlyList<string> values, string word, Type message)
        {
            // A word of the message's own stands in the kind: each text that could be meant.
            var wanted = new Regex("^" + Regex.Escape(code)
                .Replace(Regex.Escape(word), "[a-z-]+", StringComparison.Ordinal) + "$",
                RegexOptions.None, TimeSpan.FromSeconds(1));
            var found = codes.Where(one => wanted.IsMatch(one)).ToList();
            Assert.True(found.Count > 0, $"{message.Name}: no text for {code} in {language}");
            foreach (var one in found)
            {
                var asked = Value().Matches(texts.Find(language, one)!).Select(match => match.Groups["name"].Value);
                Assert.All(asked, name => Assert.True(values.Contains(name), $"{message.Name}: {one} wants {{{name}}}"));
            }
        }
    }

    /// <summary>One that no text knows, and those that the rules tell apart.</summary>
    internal static readonly string[] Words =
        ["zzz", "book", "booked", "was-it-held", "soon", "due", "overdue", "signatures", "resolved", "plan", "deliveries"];

    internal static IEnumerable<Type> Messages() =>
        typeof(Topology).Assembly.GetTypes().Where(type => type.GetCustomAttribute<MessageUrnAttribute>() is not null);

    /// <summary>Each message with little and with much in it.</summary>
    internal static IEnumerable<object> Variants(Type message, string word) =>
        new[] { 0, 1 }.Select(number => Filled(message, number, word));

    private static object Filled(Type type, int number, string word)
    {
        var filled = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties().Where(one => one.CanWrite))
            property.SetValue(filled, Value(property.PropertyType, number, word));
        return filled;
    }

    private static object? Value(Type type, int number, string word)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return number == 0 ? null : Value(inner, number, word);
        if (type == typeof(string)) return word;
        if (type == typeof(Guid)) return Guid.NewGuid();
        if (type == typeof(bool)) return number == 1;
        if (type == typeof(DateOnly)) return new DateOnly(2026, 3, 2);
        if (type == typeof(DateTimeOffset)) return DateTimeOffset.UnixEpoch;
        if (type == typeof(int) || type == typeof(long) || type == typeof(decimal)) return Convert.ChangeType(number, type, null);
        var item = type.GetGenericArguments().Single();
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        list.Add(item.IsPrimitive || item == typeof(string) || item == typeof(Guid)
            ? Value(item, number, word) : Filled(item, number, word));
        return list;
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();
}
