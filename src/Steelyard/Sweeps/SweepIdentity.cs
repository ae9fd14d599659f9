using System.Security.Cryptography;
using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Runs;

namespace Steelyard.Sweeps;

/// <summary>What runs of a sweep depend on, but for their points and seeds: only runs of one and the same may
/// stand together. Objectives, seeds and precision are no part of it: they ask more or something else of the
/// same runs.</summary>
/// <param name="Version">The build that runs them.</param>
/// <param name="What">What is run, as YAML.</param>
/// <param name="Varied">What is varied.</param>
/// <param name="Files">Of each file that is read besides, its hash.</param>
internal sealed record SweepIdentity(
    string Version, string What, IReadOnlyList<string> Varied, IReadOnlyList<string> Files)
{
    /// <summary>Of a sweep.</summary>
    public static SweepIdentity Of(SweepRequest sweep) => new(
        ResultJson.Version,
        ScenarioFile.Write(sweep.What.Spec with { Seed = Specs.RunSpec.DefaultSeed }, folder: null),
        [.. sweep.Variations.Select(one => one.ToString())],
        [
            .. FilesOf(sweep).Where(File.Exists).Distinct(StringComparer.Ordinal)
                .Select(file => $"{file} {HashOf(file)}"),
        ]);

    /// <summary>A name for its folder that others do not have.</summary>
    public string Name(string design)
    {
        var varied = string.Concat(Varied.Select(one => $"-{one.Split('=')[0]}"));
        var hash = StableHash.Of(string.Join('\n', [What, .. Varied, .. Files]));
        return $"{design}{varied}-{hash & 0xffffff:x6}";
    }

    /// <summary>Looks whether what stands in a file is this sweep.</summary>
    /// <exception cref="UserMistakeException">It is another.</exception>
    public void MustBe(SweepIdentity found, string path)
    {
        if (Differing(found) is { } differing)
            throw new UserMistakeException(
                $"{path}: expected runs of this sweep, found {differing}; --out with another folder keeps"
                + " both");
    }

    string? Differing(SweepIdentity found)
    {
        if (found.Varied is null || found.What is null)
            return "no sweep";
        if (!found.Varied.SequenceEqual(Varied, StringComparer.Ordinal))
            return $"--vary {string.Join(" --vary ", found.Varied)}";
        if (found.What != What)
            return $"those of {OneLine(found.What)}";
        if (!found.Files.SequenceEqual(Files, StringComparer.Ordinal))
            return "those of other contents of a file that it reads";
        return found.Version == Version ? null : $"those of version {found.Version}";
    }

    static string HashOf(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    static string OneLine(string yaml) => string.Join(
        ", ", yaml.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Trim()));

    static IEnumerable<string> FilesOf(SweepRequest sweep)
    {
        if (sweep.What.Spec.Assembly is { } assembly)
            yield return assembly;
        var varied = sweep.Variations.Where(one => one.Name == "faults").SelectMany(one => one.Values);
        foreach (var named in varied.Append(sweep.What.Faults.Name))
            foreach (var part in named.Split(','))
                yield return part;
    }
}
