using Steelyard.Histories;

namespace Steelyard.Analysis.Serving;

/// <summary>A request that a watched host served: what the world saw of it.</summary>
/// <param name="What">The method and the path.</param>
/// <param name="From">The host it came from.</param>
/// <param name="BeginNs">When it began, ns of the run.</param>
/// <param name="EndNs">When it ended, or its host went down.</param>
/// <param name="Source">The operation that told of it.</param>
internal sealed record ServedCall(string What, string From, long BeginNs, long EndNs, int Source)
{
    /// <summary>All of a host, in order of their begin; null where nobody read them.</summary>
    public static List<ServedCall>? Of(History history, string host)
    {
        List<ServedCall>? calls = null;
        foreach (var told in history.Operations)
            if (told is { Function: Functions.Calls, Outcome: Outcome.Ok } && told.Key == (Value)host)
                foreach (var call in told.Output.AsList)
                    (calls ??= []).Add(Read(call, told.Index, history, host));
        return calls;
    }

    /// <summary>Why nothing can be said of a host that nobody watched.</summary>
    public static string Unseen(string host) =>
        $"nothing that {host} served was seen; expected Watch(\"{host}\")";

    /// <summary>The first moment at which more than so many are under way: the call that begins then, and
    /// those it meets.</summary>
    public static List<ServedCall>? FirstCrowd(IEnumerable<ServedCall> calls, int most)
    {
        var open = new List<ServedCall>();
        foreach (var call in calls)
        {
            open.RemoveAll(before => before.EndNs <= call.BeginNs);
            open.Add(call);
            if (open.Count > most)
                return open;
        }

        return null;
    }

    // What has no end was cut off with its host.
    static ServedCall Read(Value call, int source, History history, string host)
    {
        var begin = call["begin"].AsInteger;
        var end = call["end"].IsInteger ? call["end"].AsInteger
            : history.Faults.FirstOrDefault(fault =>
                fault.TimeNs >= begin && fault.Phase != FaultPhase.End && fault.Nodes.Contains(host))?.TimeNs
            ?? long.MaxValue;
        return new(call["what"].AsText, call["from"].AsText, begin, end, source);
    }
}
