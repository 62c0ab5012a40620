using Iop.Notifications.Domain;
using Iop.Notifications.Recipients;
using Iop.Notifications.Telling.FollowUp;

namespace Iop.Notifications.Telling;

/// <summary>What every fact means, as a table: read <see cref="AgreementRules"/> and <see cref="OutcomeRules"/> from top to
/// bottom.</summary>
public sealed class Rules
{
    private readonly Dictionary<Type, Func<object, (Tidings, long)>> _byMessage = [];

    public Rules()
    {
        AgreementRules.AddTo(this);
        WorkspaceRules.AddTo(this);
        SigningRules.AddTo(this);
        PlanRules.AddTo(this);
        ChangeRules.AddTo(this);
        FollowUpRules.AddTo(this);
        DeviationRules.AddTo(this);
        MeetingRules.AddTo(this);
        OutcomeRules.AddTo(this);
        RegisterRules.AddTo(this);
        AccountRules.AddTo(this);
    }

    /// <summary>When this is said, these are the tidings. The sequence tells what came before what.</summary>
    internal Rules When<TMessage>(Func<TMessage, long> sequence, Func<TMessage, Tidings> tidings) where TMessage : class
    {
        _byMessage.Add(typeof(TMessage), message => (tidings((TMessage)message), sequence((TMessage)message)));
        return this;
    }

    internal (Tidings Tidings, long Occasion) For(object message) =>
        _byMessage.TryGetValue(message.GetType(), out var rule)
            ? rule(message) : _byMessage.Single(pair => pair.Key.IsInstanceOfType(message)).Value(message);

    internal static Dictionary<string, string> Words(params ReadOnlySpan<(string Name, string Value)> words)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in words) all.Add(name, value);
        return all;
    }

    internal static string Day(DateOnly day) => day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
