using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Iop.TestKit;

namespace Iop.Contracts.Tests;

/// <summary>Who hears what.</summary>
public sealed partial class TopologyTests
{
    private static readonly Dictionary<string, string> Services = new(StringComparer.Ordinal)
    {
        ["agreements"] = "Agreements", ["follow-up"] = "FollowUp", ["identity"] = "Identity",
        ["notifications"] = "Notifications", ["outcome-finance"] = "OutcomeFinance", ["registry"] = "Registry",
    };

    public static TheoryData<string> ServiceNames => [.. Services.Keys];

    /// <summary>
    /// Before accepting a change:
    /// 1. A new queue: Migrations declares it before the services start, so it misses nothing said from then on. What was said
    /// before it does
    ///    not know: let the sender announce its current facts again (--announce-again) once the listener runs.
    /// 2. A queue renamed or taken away: the old one stays on the broker with its binding and fills up. Stop its listener, see
    /// that the
    ///    queue and its _error are empty (or replay them), delete both and the exchange of the same name, then accept.
    /// 3. A queue bound to another message: never. Give it a new name.
    /// </summary>
    [Fact]
    public void Queues_are_what_we_promised()
    {
        var text = new StringBuilder();
        foreach (var queue in Topology.Subscriptions.OrderBy(one => one.Queue, StringComparer.Ordinal))
            text.AppendLine(CultureInfo.InvariantCulture, $"{queue.Queue}  ←  {Messages.Exchange(queue.Message)}");
        Approved.Matches("queues.txt", text.ToString());
    }

    [Fact]
    public void Every_message_has_a_listener() => Assert.Empty(
        Messages.All.Except(Topology.Subscriptions.Select(one => one.Message)).Select(message => message.Name));

    [Fact]
    public void A_queue_carries_one_message_to_one_reaction() =>
        Assert.Equal(Topology.Subscriptions.Count, Topology.Subscriptions.Select(one => one.Queue)
            .Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void Queues_are_named_by_service_act_and_fact() => Assert.All(Topology.Subscriptions, one =>
    {
        Assert.Matches("^[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*-when-[a-z]+(-[a-z]+)*$", one.Queue);
        Assert.Contains(one.Queue.Split('.')[0], Services.Keys, StringComparer.Ordinal);
    });

    [Theory]
    [MemberData(nameof(ServiceNames))]
    public void A_service_reacts_to_exactly_what_its_queues_are_declared_for(string service)
    {
        var reacts = Reactions(service).Select(match => $"{QueueOf(service, match)} ← {match.Groups["message"].Value}");
        var declared = Topology.Subscriptions.Where(one => one.Queue.StartsWith(service + ".", StringComparison.Ordinal))
            .Select(one => $"{one.Queue} ← {one.Message.Name}");
        Assert.Equal(declared.Order(StringComparer.Ordinal), reacts.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ServiceNames))]
    public void A_queue_bears_its_reactions_name(string service) => Assert.All(
        Reactions(service), match => Assert.Equal($"{service}.{NameOf(match)}", QueueOf(service, match)));

    /// <summary>docs/messages.md is a table: message, who tells and when, the listeners' queues and what they do.</summary>
    [Fact]
    public void The_page_about_messages_tells_the_truth()
    {
        var told = Row().Matches(Sources.Read("docs/messages.md")).ToDictionary(
            row => row.Groups["message"].Value,
            row => Queue().Matches(row.Value).Select(queue => queue.Groups["queue"].Value).Order(StringComparer.Ordinal).ToList(),
            StringComparer.Ordinal);
        var isSo = Topology.Subscriptions.GroupBy(one => one.Message.Name, StringComparer.Ordinal).ToDictionary(
            message => message.Key, message => message.Select(one => one.Queue).Order(StringComparer.Ordinal)
                .ToList(), StringComparer.Ordinal);
        Assert.Equal(isSo.Keys.Order(StringComparer.Ordinal), told.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All(isSo, message => Assert.Equal(message.Value, told[message.Key], StringComparer.Ordinal));
    }

    private static MatchCollection Reactions(string service) =>
        Reaction().Matches(Sources.Read($"src/{Services[service]}/Program.cs"));

    /// <summary>Tell&lt;PlanOpened&gt; is tell-when-plan-opened.</summary>
    private static string NameOf(Match reaction) =>
        Kebab.Of(reaction.Groups["reaction"].Value.Replace("<", "When", StringComparison.Ordinal).TrimEnd('>'));

    /// <summary>Written out in Program.cs, or as a constant beside the reaction.</summary>
    private static string QueueOf(string service, Match reaction)
    {
        if (reaction.Groups["queue"].Value is { Length: > 0 } queue) return queue;
        var file = Sources.Find(Services[service], $"{reaction.Groups["named"].Value.Split('.')[0]}.cs");
        return Constant().Match(file).Groups["queue"].Value;
    }

    [GeneratedRegex("""\.On<(?<message>\w+),\s*(?<reaction>\w+(<\w+>)?)>\(\s*("(?<queue>[^"]+)"|(?<named>[\w.]+))\s*\)""",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reaction();

    [GeneratedRegex("""const string \w*Queue\w* = "(?<queue>[^"]+)";""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Constant();

    [GeneratedRegex(@"^\| `(?<message>\w+)` \|.*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<queue>[a-z-]+\.[a-z-]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Queue();
}
