using System.Diagnostics;
using Steelyard.Live.Processes;

namespace Steelyard.Live.Engines;

/// <summary>A part of an engine that has versions.</summary>
/// <param name="Name">Its name: <c>etcd</c>, <c>BIND</c>.</param>
/// <param name="WrittenFor">The version that it is started, asked and judged for here: <c>3.4</c> is any
/// 3.4.x.</param>
/// <param name="Find">Finds out which one is there; null where it does not tell.</param>
internal sealed record EngineRelease(
    string Name, string WrittenFor, Func<ClusterPlace, string?> Find)
{
    /// <summary>One that a program tells.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="program">The program.</param>
    /// <param name="argument">What it is asked by.</param>
    /// <param name="writtenFor">The version that it is written for here.</param>
    public static EngineRelease Told(
        string name, EngineProgram program, string argument, string writtenFor) =>
        new(name, writtenFor, place => VersionIn(
            place.Yard.Run(new EngineCommand(place.Source.FileOf(program), argument), [])));

    /// <summary>One that the name of a file or a folder tells.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="folderOf">Where it is.</param>
    /// <param name="pattern">Names like it, in which the version begins with a digit.</param>
    /// <param name="writtenFor">The version that it is written for here.</param>
    public static EngineRelease Named(
        string name, Func<ClusterPlace, string> folderOf, string pattern, string writtenFor) =>
        new(name, writtenFor, place => folderOf(place) is var folder && !Directory.Exists(folder)
            ? null
            : Directory.EnumerateFileSystemEntries(folder, pattern)
            .Select(path => VersionIn(Path.GetFileName(path)))
            .FirstOrDefault(version => version is not null));

    /// <summary>One that a file beside our own programs lists, after a word.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="file">The file.</param>
    /// <param name="after">What stands before the version.</param>
    /// <param name="writtenFor">The version that it is written for here.</param>
    public static EngineRelease Listed(string name, string file, string after, string writtenFor) =>
        new(name, writtenFor, _ => Path.Combine(AppContext.BaseDirectory, file) is var path
            && File.Exists(path) && File.ReadAllText(path).Split(after) is [_, var rest, ..]
            ? VersionIn(rest) : null);

    /// <summary>The same; of what is in a folder of one's own the one that is written in its file.</summary>
    /// <param name="program">The file.</param>
    public EngineRelease OrWrittenIn(EngineProgram program) => this with
    {
        Find = place => place.Source.Folder is null ? Find(place) : VersionIn(
            FileVersionInfo.GetVersionInfo(place.Source.FileOf(program)).FileVersion ?? ""),
    };

    /// <summary>The first version in a text: <c>15.18</c> in <c>postgres (PostgreSQL) 15.18</c>; null where
    /// there is none.</summary>
    public static string? VersionIn(string text) =>
        string.Concat(text.Select(one => char.IsAsciiDigit(one) || one == '.' ? one : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Trim('.'))
            .FirstOrDefault(word => word.Contains('.', StringComparison.Ordinal));

    /// <summary>What was found, in a few words, and that it is another one than it was written for.</summary>
    public string Words(string? version) =>
        version is null ? $"{Name} of a version that it does not tell (written for {WrittenFor})"
        : IsExpected(version) ? $"{Name} {version}"
        : $"{Name} {version}, though this is written for {WrittenFor}: it may start or answer differently";

    /// <summary>Whether it is what this is written for.</summary>
    public bool IsExpected(string version) =>
        version == WrittenFor || version.StartsWith(WrittenFor + ".", StringComparison.Ordinal);
}
