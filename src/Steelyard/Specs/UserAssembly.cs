using System.Reflection;
using System.Runtime.CompilerServices;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Specs;

/// <summary>A user's assembly, and the designs found in it: public types that implement
/// <see cref="IDesign"/>, and public static methods that make a <see cref="Scenario"/> from
/// nothing.</summary>
/// <param name="Path">Its file, as the user named it.</param>
/// <param name="Designs">Its designs, by name.</param>
internal sealed record UserAssembly(string Path, IReadOnlyList<IDesign> Designs)
{
    /// <summary>Loads an assembly and finds its designs.</summary>
    /// <exception cref="UserMistakeException">Something keeps it from that: one line says what.</exception>
    public static UserAssembly Load(string path)
    {
        MustBeAnAssembly(path);
        try
        {
            var full = System.IO.Path.GetFullPath(path);
            var assembly = new UserLoadContext(full).LoadFromAssemblyPath(full);
            MustFitThisVersion(path, assembly);
            return new(path, Find(path, assembly));
        }
        catch (Exception problem) when (IsOfLoading(problem))
        {
            throw new UserMistakeException($"{path}: {WhatIsMissing(problem)}", problem);
        }
    }

    /// <summary>What an exception of the loader means; null is that it is none.</summary>
    public static string? OfLoading(Exception problem) =>
        IsOfLoading(problem) ? WhatIsMissing(problem) : null;

    static void MustBeAnAssembly(string path)
    {
        if (!File.Exists(path))
            throw new UserMistakeException($"expected an assembly, found no file {path}");
        try
        {
            _ = AssemblyName.GetAssemblyName(path);
        }
        catch (BadImageFormatException problem)
        {
            throw new UserMistakeException(
                $"{path}: expected a .NET assembly, found another kind of file", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException(
                $"{path}: expected an assembly that can be read, found: {problem.Message}", problem);
        }
    }

    static void MustFitThisVersion(string path, Assembly assembly)
    {
        foreach (var wanted in assembly.GetReferencedAssemblies().Where(UserLoadContext.IsOurs))
            if (UserLoadContext.Loaded(wanted.Name!)!.GetName().Version is { } ours && ours != wanted.Version)
                throw new UserMistakeException(
                    $"{path}: expected an assembly built with {wanted.Name} {ours}, as this program is,"
                    + $" found one built with {wanted.Version}");
    }

    static IReadOnlyList<IDesign> Find(string path, Assembly assembly)
    {
        var types = assembly.GetExportedTypes();
        IDesign[] designs = [.. types.Where(IsDesign).Select(Create), .. types.SelectMany(Scenarios)];
        if (designs.Length == 0)
            throw new UserMistakeException($"{path}: {WhyNone(assembly)}");
        foreach (var design in designs)
            Called(design.GetType().FullName!, () => (design.Name, design.Summary, design.Options));
        var twice = designs.GroupBy(design => design.Name).FirstOrDefault(same => same.Count() > 1);
        return twice is null
            ? [.. designs.OrderBy(design => design.Name, StringComparer.Ordinal)]
            : throw new UserMistakeException(
                $"{path}: expected designs with names of their own, found \"{twice.Key}\" twice");

        IDesign Create(Type type) => Called(
            type.FullName!, () => (IDesign)Activator.CreateInstance(type)!);

        IEnumerable<IDesign> Scenarios(Type type) => type
            .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == typeof(Scenario)
                && method.GetParameters().Length == 0 && !method.ContainsGenericParameters)
            .Select(method => Called($"{type.FullName}.{method.Name}", () => new ScenarioDesign(
                method.CreateDelegate<Func<Scenario>>())));

        T Called<T>(string what, Func<T> call)
        {
            try
            {
                return call();
            }
            catch (Exception failure) when (failure is not UserMistakeException && !IsOfLoading(failure))
            {
                var thrown = Inner(failure);
                throw new UserMistakeException(
                    $"{path}: {what} threw {thrown.GetType().Name}: {thrown.Message}", failure);
            }
        }
    }

    static bool IsDesign(Type type) => typeof(IDesign).IsAssignableFrom(type)
        && type is { IsAbstract: false, ContainsGenericParameters: false }
        && type.GetConstructor(Type.EmptyTypes) is not null;

    // The nearest thing that was found, so that its author knows what to change.
    static string WhyNone(Assembly assembly)
    {
        const string expected =
            "expected a public type that implements IDesign and has a constructor without parameters,"
            + " or a public static method without parameters that returns a Scenario";
        var near = assembly.GetTypes().FirstOrDefault(type =>
            typeof(IDesign).IsAssignableFrom(type) && type is { IsAbstract: false });
        return near switch
        {
            null => $"{expected}; found none",
            { IsVisible: false } => $"{expected}; found {near.FullName}, which is not public",
            _ => $"{expected}; found {near.FullName}, which has no such constructor",
        };
    }

    static Exception Inner(Exception failure) =>
        failure is TargetInvocationException or TypeInitializationException
            && failure.InnerException is { } inner
            ? Inner(inner)
            : failure;

    static bool IsOfLoading(Exception problem) => Inner(problem)
        is FileNotFoundException { FileName: not null } or FileLoadException or BadImageFormatException
        or TypeLoadException or MissingMemberException or ReflectionTypeLoadException;

    static string WhatIsMissing(Exception problem) => Inner(problem) switch
    {
        FileNotFoundException missing =>
            $"expected its dependency {missing.FileName} beside it, found none",
        ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } => WhatIsMissing(first),
        var other => "expected an assembly that fits this version of Steelyard and the dependencies beside"
            + $" it, found: {other.Message}",
    };
}
