using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Simulating;

internal enum SimulationState
{
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
}

/// <summary>A simulation of a contract (simulering): what was assumed, how far it has come and what came of it.</summary>
internal sealed class SimulationRun
{
    /// <summary>Waiting or running at the same time for one contract.</summary>
    public const int OpenMax = 3;

    public const int KeptMax = 200;

    /// <summary>How often it is begun before it is given up: it may be the one that brings the service down.</summary>
    public const int AttemptsMax = 3;

    public required SimulationId SimulationId { get; init; }

    public required ContractId ContractId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid PersonId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The text it is computed by: a draft may change meanwhile.</summary>
    public required string Terms { get; init; }

    /// <summary>JSON of what was assumed.</summary>
    public required string Assumptions { get; init; }

    public required int Runs { get; init; }

    public int RunsDone { get; private set; }

    public SimulationState State { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Somebody is at it until then; after that another may begin it anew.</summary>
    public DateTimeOffset? LeaseUntil { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>Why it failed; the sentence is found by it.</summary>
    public string? FailureCode { get; private set; }

    /// <summary>JSON of what came of it.</summary>
    public string? Result { get; private set; }

    public long Version { get; private set; } = 1;

    public bool IsOpen => State is SimulationState.Waiting or SimulationState.Running;

    public Refusal? Cancel(DateTimeOffset now)
    {
        if (!IsOpen) return SimulationRefusals.NotUnderWay;
        (State, FinishedAt, LeaseUntil) = (SimulationState.Cancelled, now, null);
        Version++;
        return null;
    }

    /// <summary>Begins, or begins anew when whoever was at it is gone. False when it has been tried too often.</summary>
    public bool Begin(DateTimeOffset now, DateTimeOffset leaseUntil)
    {
        if (Attempts >= AttemptsMax)
        {
            Finish(null, "simulation.interrupted", now);
            return false;
        }

        (State, LeaseUntil, RunsDone) = (SimulationState.Running, leaseUntil, 0);
        Attempts++;
        return true;
    }

    /// <summary>How far it has come; no new version, or nobody could cancel what is under way.</summary>
    public void HasCome(int runsDone, DateTimeOffset leaseUntil) => (RunsDone, LeaseUntil) = (runsDone, leaseUntil);

    /// <summary>Ends with a result, or with the reason why there is none.</summary>
    public void Finish(string? result, string? failure, DateTimeOffset now)
    {
        (State, Result, FailureCode) = (failure is null ? SimulationState.Done : SimulationState.Failed, result, failure);
        if (failure is null) RunsDone = Runs;
        (FinishedAt, LeaseUntil) = (now, null);
        Version++;
    }
}
