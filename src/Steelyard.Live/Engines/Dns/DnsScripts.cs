using System.Diagnostics;
using System.Globalization;
using DnsClient;
using Steelyard.Live.Matrix;

namespace Steelyard.Live.Engines.Dns;

/// <summary>What is known of DNS, each as a script.</summary>
internal static class DnsScripts
{
    static readonly TimeSpan s_untilExpired = TimeSpan.FromSeconds(DnsSetups.TtlSeconds + 2);
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Whether a resolver whose primary is gone answers with what has expired.</summary>
    public static async Task<ScriptFinding> AnswersWithoutPrimary(
        EngineCluster cluster, CancellationToken cancellation)
    {
        var dns = (DnsCluster)cluster;
        var lines = new List<string>();
        var code = await DnsUpdate.Replace(
            dns.PrimaryDirect, DnsCluster.Zone, $"known.{DnsCluster.Zone}", "1", cancellation);
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"n1> known TXT 1 -> code {code}"));
        await Read(dns, "known", lines, cancellation);
        dns.CurrentPrimary.Kill();
        lines.Add("n1 is killed, and 4 s pass");
        await Task.Delay(s_untilExpired, cancellation);
        var (known, took) = await Read(dns, "known", lines, cancellation);
        var (other, _) = await Read(dns, "other", lines, cancellation);
        return new(
            known == "1",
            string.Create(
                CultureInfo.InvariantCulture,
                $"a name that it knew: {known} after {took.TotalMilliseconds:0} ms; one it did not: {other}"),
            lines);
    }

    static async Task<(string Answer, TimeSpan Took)> Read(
        DnsCluster dns, string name, List<string> lines, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        string answer;
        try
        {
            var told = await DnsCluster.Lookup(dns.ResolverDirect, s_patience).QueryAsync(
                $"{name}.{DnsCluster.Zone}", QueryType.TXT, cancellationToken: cancellation);
            answer = told.Answers.TxtRecords().FirstOrDefault()?.Text.First()
                ?? $"{told.Header.ResponseCode}";
        }
        catch (DnsResponseException silent)
        {
            answer = $"{silent.Code}";
        }

        lines.Add($"n2> {name} TXT? -> {answer}");
        return (answer, Stopwatch.GetElapsedTime(began));
    }
}
