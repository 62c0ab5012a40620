namespace Iop.FollowUp.Domain.Measuring;

/// <summary>How an amendment changes what is measured: from its date on, and nothing that has been measured.</summary>
internal sealed partial class MeasuredContract
{
    public IReadOnlyList<MeasuredParty> NotYetParty(IEnumerable<MeasuredParty> parties) =>
    [
        .. parties.Where(party => !_parties.Exists(known => known.OrganisationId == party.OrganisationId
            && known.UnitId == party.UnitId && known.Role == party.Role)),
    ];

    /// <summary>Who was party before may still report on what was before.</summary>
    public void Join(IEnumerable<MeasuredParty> joining)
    {
        foreach (var party in joining)
        {
            party.Position = _parties.Max(known => known.Position) + 1;
            _parties.Add(party);
        }
    }

    /// <summary>Measures that are new; the others stay for the periods before.</summary>
    public void Measure(IEnumerable<Measure> measures)
    {
        foreach (var measure in measures.Where(one => !_measures.Exists(known => known.Path == one.Path)).ToList())
        {
            measure.Position = _measures.Max(known => known.Position) + 1;
            _measures.Add(measure);
        }
    }

    /// <summary>Other periods from a day on. One that has been measured stays as it is.</summary>
    public void Replan(DateOnly from, IReadOnlyList<MeasuringPeriod> periods, IReadOnlySet<string> measured)
    {
        var position = _periods.Max(period => period.Position);
        _periods.RemoveAll(old => old.From >= from && !measured.Contains(old.Key) && periods.All(one => one.Key != old.Key));
        foreach (var period in periods)
        {
            position++;
            if (_periods.Find(known => known.Key == period.Key) is not { } again)
            {
                period.Position = position;
                _periods.Add(period);
            }
            else if (!measured.Contains(again.Key))
            {
                (again.Position, again.From, again.To, again.Final) = (position, period.From, period.To, period.Final);
            }
        }
    }
}
