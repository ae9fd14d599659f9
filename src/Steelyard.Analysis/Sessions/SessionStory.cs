using Steelyard.Analysis.Linearizability.Registers;
using Steelyard.Histories;

namespace Steelyard.Analysis.Sessions;

/// <summary>Tells a breach in one sentence.</summary>
/// <param name="history">The history.</param>
/// <param name="reader">Who read it into columns.</param>
/// <param name="columns">The few nodes that show the breach.</param>
internal sealed class SessionStory(History history, SessionReader reader, SessionColumns columns)
{
    /// <summary>The anomaly: all nodes of the columns are its witness.</summary>
    public Anomaly Of(SessionBreach breach) =>
        new(breach.Pattern, Sentence(breach), reader.WithProof(columns.Operations));

    string Sentence(SessionBreach breach)
    {
        var read = history[columns.Operations[breach.Read]];
        var version = columns.Reads[breach.Read];
        var value = version >= 0 ? Written(version)
            : read.Function == Functions.Cas ? read.Input.AsList[0].ToString() : read.Output.ToString();
        var seen = $"process {read.ProcessName} read {value} from {SessionFinding.Named(read.Key)}";
        return breach.Pattern switch
        {
            "CyclicCO" => $"{seen}, whose write comes after that read in causal order",
            "CyclicCF" => $"{seen}, and no one order of the writes explains that for all processes",
            "read-your-writes" when breach.Newer < 0 => $"{seen}, which it wrote only later",
            "read-your-writes" => $"{seen} after it had written {Written(breach.Newer)}",
            "monotonic-reads" => $"{seen} after it had read {Written(breach.Newer)}",
            "monotonic-writes" => $"{seen} after a write that came later than {Written(breach.Newer)} in its"
                + " process",
            "writes-follow-reads" => $"{seen} after a write whose process had read a newer version",
            _ when version < 0 => $"{seen} although {Written(breach.Newer)} had been written before",
            _ when breach.Newer >= 0 && columns.Keys[breach.Newer] == columns.Keys[breach.Read] =>
                $"{seen} after {Written(breach.Newer)} had taken its place",
            _ => $"{seen}, and no one order of the writes explains all it read",
        };
    }

    string Written(int write) =>
        KeyVersions.ValueWritten(history[columns.Operations[write]]).ToString();
}
